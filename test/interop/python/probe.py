"""Every operation of three services by botocore's own models: what breaks a constraint is refused, what is answered can be read.

For each operation a call that is right is made first, on fixtures, and its answer is parsed by the model. Then one constraint
after the other is broken in it: a required member is missing, a text is too long, too short, not of the pattern or the enum,
a number is out of its range, a list has too many members or too few, a value has the wrong type. Each has to be refused with a
4xx in the service's own form, in time.
"""

import copy
import json
import re
from datetime import datetime, timedelta, timezone

import botocore
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from local import ENDPOINT, check, client, same

print(f"# version botocore {botocore.__version__}")
CLIENTS = {name: client(name, parameter_validation=False) for name in ("events", "sqs", "schemas")}
ACCOUNT = client("sts").get_caller_identity()["Account"]
BUS = f"arn:aws:events:us-east-1:{ACCOUNT}:event-bus/probe"
QUEUE = f"arn:aws:sqs:us-east-1:{ACCOUNT}:probe"
URL = f"{ENDPOINT}/{ACCOUNT}/probe"
DOCUMENT = json.dumps({"openapi": "3.0.0", "info": {"title": "t", "version": "1"}, "paths": {}})
NOW = datetime.now(timezone.utc)

# A right call of each operation; what the emulator does not have yet is probed with what the model demands.
RIGHT = {
    "events": {
        "CreateEventBus": {"Name": "probe", "Description": "d", "Tags": [{"Key": "a", "Value": "1"}]},
        "UpdateEventBus": {"Name": "probe", "Description": "d"},
        "DescribeEventBus": {"Name": "probe"},
        "ListEventBuses": {"NamePrefix": "p", "Limit": 5},
        "PutRule": {"Name": "probe", "EventBusName": "probe", "EventPattern": '{"source":["a"]}', "State": "ENABLED"},
        "DescribeRule": {"Name": "probe", "EventBusName": "probe"},
        "DisableRule": {"Name": "probe", "EventBusName": "probe"},
        "EnableRule": {"Name": "probe", "EventBusName": "probe"},
        "ListRules": {"NamePrefix": "p", "EventBusName": "probe", "Limit": 5},
        "PutTargets": {
            "Rule": "probe",
            "EventBusName": "probe",
            "Targets": [
                {
                    "Id": "a",
                    "Arn": QUEUE,
                    "InputTransformer": {"InputPathsMap": {"a": "$.id"}, "InputTemplate": '{"a":<a>}'},
                    "RetryPolicy": {"MaximumRetryAttempts": 1, "MaximumEventAgeInSeconds": 60},
                    "DeadLetterConfig": {"Arn": QUEUE},
                }
            ],
        },
        "ListTargetsByRule": {"Rule": "probe", "EventBusName": "probe", "Limit": 5},
        "ListRuleNamesByTarget": {"TargetArn": QUEUE, "EventBusName": "probe", "Limit": 5},
        "TagResource": {"ResourceARN": BUS, "Tags": [{"Key": "a", "Value": "1"}]},
        "ListTagsForResource": {"ResourceARN": BUS},
        "UntagResource": {"ResourceARN": BUS, "TagKeys": ["a"]},
        "PutEvents": {
            "Entries": [{"Source": "a", "DetailType": "b", "Detail": "{}", "EventBusName": "probe", "Time": NOW}]
        },
        "TestEventPattern": {
            "EventPattern": '{"source":["a"]}',
            "Event": '{"id":"1","account":"1","source":"a","time":"2026-01-01T00:00:00Z","region":"r","detail-type":"d"}',
        },
        "PutPermission": {
            "EventBusName": "probe",
            "StatementId": "s",
            "Principal": "123456789012",
            "Action": "events:PutEvents",
        },
        "RemovePermission": {"EventBusName": "probe", "StatementId": "s"},
        "CreateArchive": {"ArchiveName": "probe", "EventSourceArn": BUS, "RetentionDays": 1, "Description": "d"},
        "DescribeArchive": {"ArchiveName": "probe"},
        "UpdateArchive": {"ArchiveName": "probe", "RetentionDays": 2},
        "ListArchives": {"NamePrefix": "p", "Limit": 5},
        "StartReplay": {
            "ReplayName": "probe",
            "EventSourceArn": f"arn:aws:events:us-east-1:{ACCOUNT}:archive/probe",
            "EventStartTime": NOW - timedelta(hours=2),
            "EventEndTime": NOW - timedelta(hours=1),
            "Destination": {"Arn": BUS},
        },
        "DescribeReplay": {"ReplayName": "probe"},
        "ListReplays": {"NamePrefix": "p", "Limit": 5},
        "CreateConnection": {
            "Name": "probe",
            "AuthorizationType": "BASIC",
            "AuthParameters": {"BasicAuthParameters": {"Username": "u", "Password": "p"}},
        },
        "DescribeConnection": {"Name": "probe"},
        "UpdateConnection": {"Name": "probe", "Description": "d"},
        "ListConnections": {"NamePrefix": "p", "Limit": 5},
        "CreateApiDestination": {
            "Name": "probe",
            "ConnectionArn": "the connection's",
            "InvocationEndpoint": "https://example.com/a",
            "HttpMethod": "POST",
            "InvocationRateLimitPerSecond": 5,
        },
        "DescribeApiDestination": {"Name": "probe"},
        "UpdateApiDestination": {"Name": "probe", "Description": "d"},
        "ListApiDestinations": {"NamePrefix": "p", "Limit": 5},
        "DeleteApiDestination": {"Name": "probe"},
        "DeauthorizeConnection": {"Name": "probe"},
        "DeleteConnection": {"Name": "probe"},
        "CancelReplay": None,  # of a replay that is over by now: refused whatever it says
        "DeleteArchive": {"ArchiveName": "probe"},
        "RemoveTargets": {"Rule": "probe", "EventBusName": "probe", "Ids": ["a"]},
        "DeleteRule": {"Name": "probe", "EventBusName": "probe"},
        "DeleteEventBus": {"Name": "probe"},
    },
    "sqs": {
        "CreateQueue": {"QueueName": "probe", "Attributes": {"VisibilityTimeout": "0"}, "tags": {"a": "1"}},
        "GetQueueUrl": {"QueueName": "probe"},
        "ListQueues": {"QueueNamePrefix": "p", "MaxResults": 5},
        "GetQueueAttributes": {"QueueUrl": URL, "AttributeNames": ["All"]},
        "SetQueueAttributes": {"QueueUrl": URL, "Attributes": {"DelaySeconds": "0"}},
        "TagQueue": {"QueueUrl": URL, "Tags": {"b": "1"}},
        "ListQueueTags": {"QueueUrl": URL},
        "UntagQueue": {"QueueUrl": URL, "TagKeys": ["b"]},
        "AddPermission": {"QueueUrl": URL, "Label": "l", "AWSAccountIds": ["123456789012"], "Actions": ["SendMessage"]},
        "RemovePermission": {"QueueUrl": URL, "Label": "l"},
        "SendMessage": {
            "QueueUrl": URL,
            "MessageBody": "x",
            "MessageAttributes": {"a": {"DataType": "String", "StringValue": "1"}},
        },
        "SendMessageBatch": {"QueueUrl": URL, "Entries": [{"Id": "a", "MessageBody": "x"}]},
        "ReceiveMessage": {
            "QueueUrl": URL,
            "MaxNumberOfMessages": 1,
            "MessageSystemAttributeNames": ["All"],
            "MessageAttributeNames": ["All"],
        },
        "ChangeMessageVisibility": {"QueueUrl": URL, "ReceiptHandle": "the message's", "VisibilityTimeout": 0},
        "ChangeMessageVisibilityBatch": {
            "QueueUrl": URL,
            "Entries": [{"Id": "a", "ReceiptHandle": "the message's", "VisibilityTimeout": 0}],
        },
        "DeleteMessage": {"QueueUrl": URL, "ReceiptHandle": "the message's"},
        "DeleteMessageBatch": {"QueueUrl": URL, "Entries": [{"Id": "a", "ReceiptHandle": "the message's"}]},
        "ListDeadLetterSourceQueues": {"QueueUrl": URL, "MaxResults": 5},
        "ListMessageMoveTasks": {"SourceArn": QUEUE, "MaxResults": 5},
        "StartMessageMoveTask": None,  # wants a dead-letter queue; lifecycle.py starts one
        "CancelMessageMoveTask": None,
        "PurgeQueue": {"QueueUrl": URL},
        "DeleteQueue": {"QueueUrl": URL},
    },
    "schemas": {
        "CreateRegistry": {"RegistryName": "probe", "Description": "d", "Tags": {"a": "1"}},
        "DescribeRegistry": {"RegistryName": "probe"},
        "UpdateRegistry": {"RegistryName": "probe", "Description": "d"},
        "ListRegistries": {"Limit": "5"},
        "CreateSchema": {"RegistryName": "probe", "SchemaName": "a@B", "Type": "OpenApi3", "Content": DOCUMENT},
        "DescribeSchema": {"RegistryName": "probe", "SchemaName": "a@B"},
        "UpdateSchema": {"RegistryName": "probe", "SchemaName": "a@B", "Description": "d"},
        "ListSchemas": {"RegistryName": "probe"},
        "ListSchemaVersions": {"RegistryName": "probe", "SchemaName": "a@B"},
        "SearchSchemas": {"RegistryName": "probe", "Keywords": "a"},
        "GetDiscoveredSchema": {
            "Type": "OpenApi3",
            "Events": ['{"source":"a","detail-type":"b","detail":{"c":1}}'],
        },
        "TagResource": {
            "ResourceArn": f"arn:aws:schemas:us-east-1:{ACCOUNT}:registry/probe",
            "Tags": {"a": "1"},
        },
        "ListTagsForResource": {"ResourceArn": f"arn:aws:schemas:us-east-1:{ACCOUNT}:registry/probe"},
        "UntagResource": {"ResourceArn": f"arn:aws:schemas:us-east-1:{ACCOUNT}:registry/probe", "TagKeys": ["a"]},
        "PutResourcePolicy": {"RegistryName": "probe", "Policy": '{"Version":"2012-10-17","Statement":[]}'},
        "GetResourcePolicy": {"RegistryName": "probe"},
        "DeleteResourcePolicy": {"RegistryName": "probe"},
        "ExportSchema": {
            "RegistryName": "aws.events",
            "SchemaName": "aws.events@ScheduledEvent",
            "Type": "JSONSchemaDraft4",
        },
        "CreateDiscoverer": {"SourceArn": f"arn:aws:events:us-east-1:{ACCOUNT}:event-bus/default", "Description": "d"},
        "ListDiscoverers": {"Limit": "5"},
        "DescribeDiscoverer": {"DiscovererId": "events-event-bus-default"},
        "UpdateDiscoverer": {"DiscovererId": "events-event-bus-default", "Description": "d"},
        "StopDiscoverer": {"DiscovererId": "events-event-bus-default"},
        "StartDiscoverer": {"DiscovererId": "events-event-bus-default"},
        "DeleteDiscoverer": {"DiscovererId": "events-event-bus-default"},
        "DeleteSchemaVersion": {"RegistryName": "probe", "SchemaName": "a@B", "SchemaVersion": "1"},
        "DeleteSchema": None,  # its last version was deleted, and the schema with it
        "DeleteRegistry": {"RegistryName": "probe"},
    },
}

# Where AWS itself is known to take, or to leave to the operation, what the model forbids.
TAKEN = {
    # An entry fails alone: the answer is a success with an error in it.
    ("events", "PutEvents", r"Entries\[\]\.(Source|DetailType|Detail|Time)\b"): "fails the entry, not the call",
    ("sqs", r"\w+Batch", r"Entries\[\]\.(MessageBody|ReceiptHandle|DelaySeconds|VisibilityTimeout)"): "fails the entry, not the call",
}


# Said after the values were looked at: the breach itself was overlooked.
MISSED = {
    "ResourceNotFoundException",
    "ResourceAlreadyExistsException",
    "NotFoundException",
    "ConflictException",
    "AWS.SimpleQueueService.NonExistentQueue",
}


def right(service, operation, call):
    """The call with what only another call could tell."""
    given = copy.deepcopy(call)
    if operation == "CreateApiDestination":
        given["ConnectionArn"] = CLIENTS["events"].describe_connection(Name="probe")["ConnectionArn"]
    text = json.dumps(given, default=str)
    if "the message's" in text:
        CLIENTS["sqs"].send_message(QueueUrl=URL, MessageBody="x")
        handle = CLIENTS["sqs"].receive_message(QueueUrl=URL)["Messages"][0]["ReceiptHandle"]
        for holder in [given, *given.get("Entries", [])]:
            if "ReceiptHandle" in holder:
                holder["ReceiptHandle"] = handle
    return given


def text_that_breaks(pattern):
    for candidate in ("\u0001 !{}", "é é", " ", "\n"):
        if not re.fullmatch(pattern, candidate):
            return candidate
    return None


def breaches(shape, value, path):
    """(what, change) for each constraint of a shape that can be broken at a place of the call."""
    meta = shape.metadata
    kind = shape.type_name
    if kind == "string":
        if "max" in meta and meta["max"] < 300_000:
            yield f"{path} too long", lambda _: "a" * (meta["max"] + 1)
        if meta.get("min", 0) > 0:
            yield f"{path} empty", lambda _: ""
        if shape.enum:
            yield f"{path} not of the enum", lambda _: "NO_SUCH_VALUE"
        if "pattern" in meta:
            try:
                bad = text_that_breaks(meta["pattern"])
            except re.error:
                bad = None
            if bad is not None:
                yield f"{path} not of the pattern", lambda _: bad
    elif kind in ("integer", "long"):
        if "max" in meta:
            yield f"{path} too large", lambda _: meta["max"] + 1
        if "min" in meta:
            yield f"{path} too small", lambda _: meta["min"] - 1
        yield f"{path} a text", lambda _: "many"
    elif kind == "list":
        if "max" in meta and meta["max"] <= 200 and value:
            yield f"{path} too many", lambda found: (found * (meta["max"] + 1))[: meta["max"] + 1]
        if meta.get("min", 0) > 0:
            yield f"{path} none", lambda _: []
        if value:
            for what, change in breaches(shape.member, value[0], f"{path}[]"):
                yield what, lambda found, change=change: [change(found[0]), *found[1:]]
    elif kind == "structure" and isinstance(value, dict):
        for name in shape.required_members:
            yield f"{path}.{name} missing", lambda found, name=name: {k: v for k, v in found.items() if k != name}
        for name, member in shape.members.items():
            # A member that the call does not have is set to something that its shape forbids.
            for what, change in breaches(member, value.get(name), f"{path}.{name}"):
                yield what, lambda found, name=name, change=change: {**found, name: change(found.get(name))}


def refused(service, method, call):
    """None when the call is refused as it should be, otherwise what is wrong."""
    try:
        getattr(CLIENTS[service], method)(**call)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        code = error.response["Error"].get("Code")
        if not 400 <= status < 500 or not code or code.isdigit():
            return f"{status} {code}: {error}"
        if code in MISSED:
            return f"{code} where the model's constraint is broken"
        return None
    except HTTPClientError:
        raise
    except (BotoCoreError, KeyError, ValueError, TypeError, AttributeError):
        return None  # botocore cannot write such a request at all
    return "it was taken"


def demanded(shape):
    """The least that a model demands, for an operation without a right call here."""
    kind = shape.type_name
    if kind == "structure":
        return {name: demanded(shape.members[name]) for name in shape.required_members}
    if kind == "list":
        return [demanded(shape.member)]
    if kind == "map":
        return {}
    if kind in ("integer", "long"):
        return shape.metadata.get("min", 1)
    if kind == "boolean":
        return True
    if kind == "timestamp":
        return NOW
    return shape.enum[0] if shape.enum else "probe"


def probe(service, operation, model, counts):
    method = botocore.xform_name(operation)
    call = RIGHT[service].get(operation)
    base = right(service, operation, call) if call is not None else demanded(model.input_shape) if model.input_shape else {}
    if not operation.startswith(LAST):
        succeed(service, method, operation, call, base, model, counts)
    wrong = broken(service, operation, method, model, base, counts)
    if operation.startswith(LAST):
        succeed(service, method, operation, call, base, model, counts)
    assert not wrong, "; ".join(wrong)


# What takes its own ground away is done after its breaches are tried.
LAST = ("Delete", "Remove", "Cancel")


def succeed(service, method, operation, call, base, model, counts):
    if call is not None:
        answer = getattr(CLIENTS[service], method)(**base)
        unknown = set(answer) - {"ResponseMetadata"} - set(model.output_shape.members if model.output_shape else [])
        same(sorted(unknown), [])
    else:
        try:
            getattr(CLIENTS[service], method)(**base)
        except ClientError as error:
            same(error.response["ResponseMetadata"]["HTTPStatusCode"] // 100, 4)
            if error.response["Error"]["Code"] == "UnknownOperationException":
                counts["absent"].append(operation)


def broken(service, operation, method, model, base, counts):
    wrong = []
    if model.input_shape:
        for what, change in breaches(model.input_shape, base, ""):
            if any(
                s == service and re.fullmatch(o, operation) and re.search(p, what) for s, o, p in TAKEN
            ):
                continue
            counts["breaches"] += 1
            try:
                why = refused(service, method, change(copy.deepcopy(base)))
            except Exception as error:
                why = f"{type(error).__name__}: {error}"
            if why is not None:
                wrong.append(f"{what}: {why}")
    return wrong


CLIENTS["sqs"].create_queue(QueueName="probe", Attributes={"VisibilityTimeout": "0"}, tags={"a": "1"})
for service, calls in RIGHT.items():
    counts = {"breaches": 0, "absent": []}
    model = CLIENTS[service].meta.service_model
    others = [name for name in model.operation_names if name not in calls]
    for operation in [*others, *calls]:
        check(f"{service} {operation}", lambda: probe(service, operation, model.operation_model(operation), counts))
    absent = f", not emulated: {', '.join(counts['absent'])}" if counts["absent"] else ""
    print(f"# {service}: {counts['breaches']} breaches of the model{absent}")
    if service == "events":
        CLIENTS["sqs"].delete_queue(QueueUrl=URL)
        # Its name is taken for a minute.
        URL, old = URL + "s", URL
        RIGHT["sqs"] = json.loads(json.dumps(RIGHT["sqs"]).replace(old, URL).replace('"QueueName": "probe"', '"QueueName": "probes"').replace(QUEUE, QUEUE + "s"))
