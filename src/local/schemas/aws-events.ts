import { renderDocument } from "../../core/schema/document.ts";
import { componentNameOf, schemaNameOf } from "../../core/schema/name.ts";
import type { SchemaNode } from "../../core/schema/node.ts";

const text: SchemaNode = { type: "string" };
const whole: SchemaNode = { type: "number", format: "int64" };

/** A few events of AWS's own services, to try with: described from their documented fields. AWS has some 1,000. */
const kinds: readonly (readonly [source: string, detailType: string, about: string, detail: SchemaNode])[] = [
  [
    "aws.ec2",
    "EC2 Instance State-change Notification",
    "An instance has changed its state",
    object({ "instance-id": text, state: text }),
  ],
  ["aws.events", "Scheduled Event", "A rule's schedule has come round", { type: "object" }],
  [
    "aws.s3",
    "Object Created",
    "An object has been written to a bucket",
    object(
      {
        version: text,
        bucket: object({ name: text }),
        object: object({ key: text, size: whole, etag: text, "version-id": text, sequencer: text }, [
          "version-id",
        ]),
        "request-id": text,
        requester: text,
        "source-ip-address": text,
        reason: text,
      },
      ["source-ip-address"],
    ),
  ],
  [
    "aws.s3",
    "Object Deleted",
    "An object has been deleted from a bucket",
    object(
      {
        version: text,
        bucket: object({ name: text }),
        object: object({ key: text, etag: text, "version-id": text, sequencer: text }, [
          "etag",
          "version-id",
        ]),
        "request-id": text,
        requester: text,
        "source-ip-address": text,
        reason: text,
        "deletion-type": text,
      },
      ["source-ip-address"],
    ),
  ],
  [
    "aws.cloudwatch",
    "CloudWatch Alarm State Change",
    "An alarm has gone from one state to another",
    object(
      {
        alarmName: text,
        state: object({ value: text, reason: text, reasonData: text, timestamp: text }, ["reasonData"]),
        previousState: object({ value: text, reason: text, reasonData: text, timestamp: text }, [
          "reasonData",
        ]),
        configuration: object({ description: text }, ["description"]),
      },
      ["configuration"],
    ),
  ],
  [
    "aws.states",
    "Step Functions Execution Status Change",
    "An execution of a state machine has begun or ended",
    object(
      {
        executionArn: text,
        stateMachineArn: text,
        name: text,
        status: text,
        startDate: whole,
        stopDate: { ...whole, nullable: true },
        input: text,
        output: { ...text, nullable: true },
      },
      ["stopDate", "output"],
    ),
  ],
];

/** Names and contents, as they are in the registry `aws.events`. */
export const awsEvents = () =>
  kinds.map(([source, detailType, description, detail]) => ({
    name: schemaNameOf(source, detailType),
    description,
    content: JSON.stringify(renderDocument(componentNameOf(detailType), detail, { source, detailType })),
  }));

/** An object all of whose properties are required but those named. */
function object(
  properties: Readonly<Record<string, SchemaNode>>,
  optional: readonly string[] = [],
): SchemaNode {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", ...(required.length > 0 && { required }), properties };
}
