# What people declare around a bus, every value that the provider compares set to something but its default.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "endpoint" { type = string }
variable "change" {
  type    = bool
  default = false
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  # The account comes from STS, which is the emulator's too.
  skip_requesting_account_id  = false
  max_retries                 = 1
  endpoints {
    events  = var.endpoint
    sqs     = var.endpoint
    schemas = var.endpoint
    sts     = var.endpoint
    iam     = var.endpoint
  }
  default_tags {
    tags = { team = "orders" }
  }
}

data "aws_caller_identity" "me" {}

resource "aws_sqs_queue" "dead" {
  name                      = "tf-dead"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "work" {
  name                       = "tf-work"
  delay_seconds              = var.change ? 5 : 1
  max_message_size           = 2048
  receive_wait_time_seconds  = 10
  visibility_timeout_seconds = 45
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 4 })
  tags                       = { stage = var.change ? "b" : "a" }
}

resource "aws_sqs_queue_redrive_allow_policy" "dead" {
  queue_url            = aws_sqs_queue.dead.id
  redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.work.arn] })
}

resource "aws_sqs_queue_policy" "work" {
  queue_url = aws_sqs_queue.work.id
  policy    = data.aws_iam_policy_document.events.json
}

data "aws_iam_policy_document" "events" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.work.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.placed.arn]
    }
  }
}

resource "aws_sqs_queue" "fifo" {
  name                        = "tf-work.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
  deduplication_scope         = "messageGroup"
  fifo_throughput_limit       = "perMessageGroupId"
}

resource "aws_cloudwatch_event_bus" "orders" {
  name        = "tf-orders"
  description = var.change ? "changed" : "all about orders"
  dead_letter_config { arn = aws_sqs_queue.dead.arn }
  tags = { stage = "a" }
}

resource "aws_cloudwatch_event_permission" "partner" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  statement_id   = "Partner"
  principal      = "123456789012"
}

resource "aws_cloudwatch_event_bus" "audit" {
  name = "tf-audit"
}

resource "aws_cloudwatch_event_bus_policy" "audit" {
  event_bus_name = aws_cloudwatch_event_bus.audit.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Orders"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "events:PutEvents"
      Resource  = aws_cloudwatch_event_bus.audit.arn
    }]
  })
}

resource "aws_cloudwatch_event_rule" "placed" {
  name           = "tf-placed"
  description    = "orders that were placed"
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ source = ["shop"], "detail-type" = [{ prefix = var.change ? "Order" : "Order Placed" }] })
  state          = var.change ? "DISABLED" : "ENABLED"
  tags           = { stage = "a" }
}

resource "aws_cloudwatch_event_target" "work" {
  rule           = aws_cloudwatch_event_rule.placed.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  target_id      = "work"
  arn            = aws_sqs_queue.work.arn
  input_transformer {
    input_paths    = { id = "$.detail.id", at = "$.time" }
    input_template = "{\"id\": <id>, \"at\": <at>}"
  }
  dead_letter_config { arn = aws_sqs_queue.dead.arn }
  retry_policy {
    maximum_event_age_in_seconds = 600
    maximum_retry_attempts       = 3
  }
}

resource "aws_cloudwatch_event_target" "fifo" {
  rule           = aws_cloudwatch_event_rule.placed.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  arn            = aws_sqs_queue.fifo.arn
  input_path     = "$.detail"
  sqs_target { message_group_id = "orders" }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "tf-nightly"
  schedule_expression = "cron(0 3 * * ? *)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule  = aws_cloudwatch_event_rule.nightly.name
  arn   = aws_sqs_queue.work.arn
  input = jsonencode({ run = "nightly" })
}

resource "aws_cloudwatch_event_archive" "orders" {
  name             = "tf-orders"
  description      = "a week of orders"
  event_source_arn = aws_cloudwatch_event_bus.orders.arn
  event_pattern    = jsonencode({ source = ["shop"] })
  retention_days   = 7
}

resource "aws_cloudwatch_event_connection" "partner" {
  name               = "tf-partner"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-api-key"
      value = "not-a-secret"
    }
    invocation_http_parameters {
      header {
        key   = "x-tenant"
        value = "shop"
      }
    }
  }
}

resource "aws_cloudwatch_event_api_destination" "partner" {
  name                             = "tf-partner"
  invocation_endpoint              = "https://partner.example.com/events"
  http_method                      = "POST"
  invocation_rate_limit_per_second = 20
  connection_arn                   = aws_cloudwatch_event_connection.partner.arn
}

resource "aws_schemas_registry" "shop" {
  name        = "tf-shop"
  description = "what the shop says"
}

resource "aws_schemas_schema" "placed" {
  name          = "shop@OrderPlaced"
  registry_name = aws_schemas_registry.shop.name
  type          = "OpenApi3"
  description   = "an order"
  content = jsonencode({
    openapi    = "3.0.0"
    info       = { title = "OrderPlaced", version = var.change ? "1.1.0" : "1.0.0" }
    paths      = {}
    components = { schemas = { OrderPlaced = { type = "object", properties = { id = { type = "string" } } } } }
  })
}

resource "aws_schemas_discoverer" "orders" {
  source_arn  = aws_cloudwatch_event_bus.orders.arn
  description = "finds schemas"
}

resource "aws_schemas_registry_policy" "shop" {
  registry_name = aws_schemas_registry.shop.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "read"
      Effect    = "Allow"
      Principal = { AWS = "123456789012" }
      Action    = ["schemas:DescribeRegistry"]
      Resource  = [aws_schemas_registry.shop.arn]
    }]
  })
}

output "account" { value = data.aws_caller_identity.me.account_id }
