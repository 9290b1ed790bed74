/** A type of resource whose ARN can be told from its name. */
export interface Kind {
  /** The attribute that holds the name. */
  readonly name: string;
  readonly service: string;
  /** What stands before the name in the ARN. */
  readonly before: string;
  readonly isGlobal?: boolean;
  /** What `id` is, where it is not the name. */
  readonly id?: "arn" | "url";
  /** The name of the bus goes before that of the resource. */
  readonly onBus?: boolean;
}

export const kinds: Readonly<Record<string, Kind>> = {
  aws_cloudwatch_event_bus: { name: "name", service: "events", before: "event-bus/" },
  aws_cloudwatch_event_rule: { name: "name", service: "events", before: "rule/", onBus: true },
  aws_cloudwatch_event_archive: { name: "name", service: "events", before: "archive/" },
  aws_cloudwatch_event_api_destination: { name: "name", service: "events", before: "api-destination/" },
  aws_sqs_queue: { name: "name", service: "sqs", before: "", id: "url" },
  aws_sns_topic: { name: "name", service: "sns", before: "", id: "arn" },
  aws_lambda_function: { name: "function_name", service: "lambda", before: "function:" },
  aws_sfn_state_machine: { name: "name", service: "states", before: "stateMachine:", id: "arn" },
  aws_kinesis_stream: { name: "name", service: "kinesis", before: "stream/", id: "arn" },
  aws_kinesis_firehose_delivery_stream: {
    name: "name",
    service: "firehose",
    before: "deliverystream/",
    id: "arn",
  },
  aws_cloudwatch_log_group: { name: "name", service: "logs", before: "log-group:" },
  aws_iam_role: { name: "name", service: "iam", before: "role/", isGlobal: true },
  aws_ecs_cluster: { name: "name", service: "ecs", before: "cluster/", id: "arn" },
  aws_batch_job_queue: { name: "name", service: "batch", before: "job-queue/", id: "arn" },
};
