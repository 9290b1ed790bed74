"""One life of a bus, its queues and its schemas through boto3, old or new."""

import json
from datetime import datetime, timedelta, timezone

import boto3
import botocore
from local import check, client, code_of, same

print(f"# version boto3 {boto3.__version__}, botocore {botocore.__version__}")
events, sqs, sts = client("events"), client("sqs"), client("sts")
schemas = client("schemas")
ACCOUNT = sts.get_caller_identity()["Account"]
ARN = f"arn:aws:sqs:us-east-1:{ACCOUNT}:"


def make_queues():
    policy = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sqs:*", "Resource": "*"},
    }
    dead = sqs.create_queue(QueueName="boto-dead", tags={"team": "orders"})["QueueUrl"]
    redrive = {"deadLetterTargetArn": ARN + "boto-dead", "maxReceiveCount": 1}
    attributes = {"RedrivePolicy": json.dumps(redrive), "Policy": json.dumps(policy), "VisibilityTimeout": "0"}
    work = sqs.create_queue(QueueName="boto-work", Attributes=attributes)["QueueUrl"]
    fifo = sqs.create_queue(
        QueueName="boto.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    )["QueueUrl"]
    same(sqs.get_queue_url(QueueName="boto-work")["QueueUrl"], work)
    same(sqs.list_queue_tags(QueueUrl=dead)["Tags"], {"team": "orders"})
    found = sqs.get_queue_attributes(QueueUrl=work, AttributeNames=["All"])["Attributes"]
    same({name: found[name] for name in attributes}, attributes)
    same(sqs.list_queues(QueueNamePrefix="boto-")["QueueUrls"], [dead, work])
    return work, dead, fifo


work, dead, fifo = check("queues are made and described", make_queues)


def send_and_receive():
    attributes = {
        "text": {"DataType": "String", "StringValue": "é<&>\r\n"},
        "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
    }
    # boto3 checks both MD5 sums of what comes back.
    sqs.send_message(QueueUrl=fifo, MessageBody="a <b> & 'c'\r\n", MessageGroupId="g", MessageAttributes=attributes)
    message = sqs.receive_message(QueueUrl=fifo, AttributeNames=["All"], MessageAttributeNames=["All"])["Messages"][0]
    same(message["Body"], "a <b> & 'c'\r\n")
    same(message["MessageAttributes"]["bytes"]["BinaryValue"], b"\x00\xff")
    same(message["MessageAttributes"]["text"]["StringValue"], "é<&>\r\n")
    same(message["Attributes"]["MessageGroupId"], "g")
    sqs.change_message_visibility(QueueUrl=fifo, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=60)
    sqs.delete_message(QueueUrl=fifo, ReceiptHandle=message["ReceiptHandle"])
    assert "Messages" not in sqs.receive_message(QueueUrl=fifo)


check("a message goes to a FIFO queue and comes back whole", send_and_receive)


def batches():
    entries = [{"Id": f"m{n}", "MessageBody": str(n)} for n in range(3)]
    entries.append({"Id": "bad", "MessageBody": "x", "DelaySeconds": 5000})
    sent = sqs.send_message_batch(QueueUrl=work, Entries=entries)
    same([each["Id"] for each in sent["Successful"]], ["m0", "m1", "m2"])
    same([(each["Id"], each["SenderFault"]) for each in sent["Failed"]], [("bad", True)])
    for _ in range(2):
        sqs.receive_message(QueueUrl=work, MaxNumberOfMessages=10)
    letters = sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=10, AttributeNames=["All"])["Messages"]
    same(sorted(each["Body"] for each in letters), ["0", "1", "2"])
    changed = [{"Id": each["Body"], "ReceiptHandle": each["ReceiptHandle"], "VisibilityTimeout": 0} for each in letters]
    same(len(sqs.change_message_visibility_batch(QueueUrl=dead, Entries=changed)["Successful"]), 3)
    letters = sqs.receive_message(QueueUrl=dead, MaxNumberOfMessages=10)["Messages"]
    doomed = [{"Id": each["Body"], "ReceiptHandle": each["ReceiptHandle"]} for each in letters]
    same(len(sqs.delete_message_batch(QueueUrl=dead, Entries=doomed)["Successful"]), 3)
    same(sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"], [work])


check("a batch fails in part, and dead letters are moved", batches)


def queue_errors():
    missing = work.replace("boto-work", "none")
    # New clients are told the old codes by a header; both ways give the code that scripts compare with.
    same(code_of(lambda: sqs.send_message(QueueUrl=missing, MessageBody="x")), "400 AWS.SimpleQueueService.NonExistentQueue")
    try:
        sqs.send_message(QueueUrl=missing, MessageBody="x")
    except sqs.exceptions.QueueDoesNotExist:
        pass
    same(code_of(lambda: sqs.delete_message(QueueUrl=work, ReceiptHandle="x")), "404 ReceiptHandleIsInvalid")
    same(code_of(lambda: sqs.send_message_batch(QueueUrl=work, Entries=[])), "400 AWS.SimpleQueueService.EmptyBatchRequest")


print(f"# SQS by {sqs.meta.service_model.metadata['protocol']}")
check("errors of SQS are the ones that boto3 knows", queue_errors)


def permissions():
    sqs.add_permission(QueueUrl=dead, Label="read", AWSAccountIds=["123456789012"], Actions=["ReceiveMessage"])
    statement = json.loads(sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["Policy"])["Attributes"]["Policy"])["Statement"][0]
    same((statement["Sid"], statement["Action"]), ("read", "SQS:ReceiveMessage"))
    sqs.remove_permission(QueueUrl=dead, Label="read")
    sqs.tag_queue(QueueUrl=dead, Tags={"a": "1"})
    sqs.untag_queue(QueueUrl=dead, TagKeys=["team"])
    same(sqs.list_queue_tags(QueueUrl=dead)["Tags"], {"a": "1"})
    sqs.set_queue_attributes(QueueUrl=dead, Attributes={"DelaySeconds": "3"})
    sqs.purge_queue(QueueUrl=dead)


check("permissions, tags, attributes and a purge", permissions)


def move_task():
    if not hasattr(sqs, "start_message_move_task"):
        return
    handle = sqs.start_message_move_task(SourceArn=ARN + "boto-dead", MaxNumberOfMessagesPerSecond=10)["TaskHandle"]
    assert handle
    assert sqs.list_message_move_tasks(SourceArn=ARN + "boto-dead")["Results"][0]["Status"] in ("RUNNING", "COMPLETED")


check("a message move task", move_task)


def bus_and_rules():
    bus = events.create_event_bus(Name="boto", Tags=[{"Key": "a", "Value": "1"}])["EventBusArn"]
    same(events.describe_event_bus(Name="boto")["Arn"], bus)
    same(events.list_tags_for_resource(ResourceARN=bus)["Tags"], [{"Key": "a", "Value": "1"}])
    pattern = json.dumps({"source": ["shop"], "detail": {"total": [{"numeric": [">", 10]}]}})
    rule = events.put_rule(Name="boto", EventBusName="boto", EventPattern=pattern)["RuleArn"]
    transformer = {"InputPathsMap": {"id": "$.detail.id"}, "InputTemplate": '{"id": <id>}'}
    targets = [
        {"Id": "lost", "Arn": ARN + "none", "DeadLetterConfig": {"Arn": ARN + "boto-work"}},
        {"Id": "work", "Arn": ARN + "boto-work", "InputTransformer": transformer},
    ]
    same(events.put_targets(Rule="boto", EventBusName="boto", Targets=targets)["FailedEntryCount"], 0)
    same(events.list_targets_by_rule(Rule="boto", EventBusName="boto")["Targets"], targets)
    same(events.describe_rule(Name="boto", EventBusName="boto")["EventPattern"], pattern)
    same(events.list_rule_names_by_target(TargetArn=ARN + "boto-work", EventBusName="boto")["RuleNames"], ["boto"])
    pages = events.get_paginator("list_rules").paginate(EventBusName="boto", PaginationConfig={"PageSize": 1})
    same([each["Arn"] for page in pages for each in page["Rules"]], [rule])


check("a bus with a rule and targets", bus_and_rules)


def publish():
    sqs.set_queue_attributes(QueueUrl=work, Attributes={"RedrivePolicy": ""})
    detail = json.dumps({"id": "é-1", "total": 12.50})
    entry = {"EventBusName": "boto", "Source": "shop", "DetailType": "Placed", "Detail": detail}
    answer = events.put_events(Entries=[{**entry, "Time": datetime.now(timezone.utc)}, {**entry, "Detail": "no"}])
    same(answer["FailedEntryCount"], 1)
    same(answer["Entries"][1]["ErrorCode"], "MalformedDetail")
    found = sqs.receive_message(
        QueueUrl=work, MaxNumberOfMessages=10, WaitTimeSeconds=2, MessageAttributeNames=["All"]
    )["Messages"]
    plain = [each for each in found if "MessageAttributes" not in each]
    letters = [each for each in found if "MessageAttributes" in each]
    same([json.loads(each["Body"]) for each in plain], [{"id": "é-1"}])
    same([each["MessageAttributes"]["ERROR_CODE"]["StringValue"] for each in letters], ["NO_RESOURCE"])
    event = json.loads(letters[0]["Body"])
    same((event["id"], event["account"]), (answer["Entries"][0]["EventId"], ACCOUNT))
    matches = events.test_event_pattern(EventPattern='{"source":["shop"]}', Event=letters[0]["Body"])
    same(matches["Result"], True)


check("an event is matched, transformed, delivered and dead-lettered", publish)


def event_errors():
    same(code_of(lambda: events.describe_rule(Name="none")), "400 ResourceNotFoundException")
    same(code_of(lambda: events.create_event_bus(Name="boto")), "400 ResourceAlreadyExistsException")
    same(code_of(lambda: events.put_rule(Name="x", EventPattern="{")), "400 InvalidEventPatternException")
    same(code_of(lambda: events.delete_rule(Name="boto", EventBusName="boto")), "400 ValidationException")
    try:
        events.describe_event_bus(Name="none")
    except events.exceptions.ResourceNotFoundException:
        pass


check("errors of EventBridge are the ones that boto3 knows", event_errors)


def archive_and_replay():
    bus = events.describe_event_bus(Name="boto")["Arn"]
    made = events.create_archive(ArchiveName="boto", EventSourceArn=bus, RetentionDays=1)
    same(made["State"], "ENABLED")
    assert isinstance(events.describe_archive(ArchiveName="boto")["CreationTime"], datetime)
    now = datetime.now(timezone.utc)
    events.start_replay(
        ReplayName="boto",
        EventSourceArn=made["ArchiveArn"],
        EventStartTime=now - timedelta(hours=1),
        EventEndTime=now,
        Destination={"Arn": bus},
    )
    same([each["ReplayName"] for each in events.list_replays()["Replays"]], ["boto"])
    assert events.describe_replay(ReplayName="boto")["State"] in ("STARTING", "RUNNING", "COMPLETED")
    events.delete_archive(ArchiveName="boto")


check("an archive and its replay", archive_and_replay)


def connections():
    auth = {"BasicAuthParameters": {"Username": "u", "Password": "p"}}
    arn = events.create_connection(Name="boto", AuthorizationType="BASIC", AuthParameters=auth)["ConnectionArn"]
    same(events.describe_connection(Name="boto")["AuthParameters"], {"BasicAuthParameters": {"Username": "u"}})
    events.create_api_destination(
        Name="boto", ConnectionArn=arn, InvocationEndpoint="https://example.com/x", HttpMethod="POST"
    )
    same(events.describe_api_destination(Name="boto")["ApiDestinationState"], "ACTIVE")
    events.delete_api_destination(Name="boto")
    events.delete_connection(Name="boto")


check("a connection and an API destination", connections)


def schema_registry():
    document = json.dumps({"openapi": "3.0.0", "info": {"title": "t", "version": "1"}, "paths": {}})
    schemas.create_registry(RegistryName="boto", Description="d", Tags={"a": "1"})
    made = schemas.create_schema(RegistryName="boto", SchemaName="shop@Placed", Type="OpenApi3", Content=document)
    assert isinstance(made["LastModified"], datetime)
    changed = document.replace('"1"', '"2"')
    same(schemas.update_schema(RegistryName="boto", SchemaName="shop@Placed", Content=changed)["SchemaVersion"], "2")
    same(schemas.describe_schema(RegistryName="boto", SchemaName="shop@Placed")["Content"], changed)
    pages = schemas.get_paginator("list_schema_versions").paginate(RegistryName="boto", SchemaName="shop@Placed")
    same(sorted(each["SchemaVersion"] for page in pages for each in page["SchemaVersions"]), ["1", "2"])
    same(schemas.search_schemas(RegistryName="boto", Keywords="placed")["Schemas"][0]["SchemaName"], "shop@Placed")
    same(code_of(lambda: schemas.describe_registry(RegistryName="none")), "404 NotFoundException")
    schemas.delete_schema(RegistryName="boto", SchemaName="shop@Placed")
    schemas.delete_registry(RegistryName="boto")


check("a registry of schemas", schema_registry)


def tidy():
    events.remove_targets(Rule="boto", EventBusName="boto", Ids=["work", "lost"])
    events.delete_rule(Name="boto", EventBusName="boto")
    events.delete_event_bus(Name="boto")
    for url in (work, dead, fifo):
        sqs.delete_queue(QueueUrl=url)
    assert "QueueUrls" not in sqs.list_queues(QueueNamePrefix="boto")


check("everything is deleted", tidy)
