import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { faultOf, openBench } from "./bench.ts";

describe("refuses", () => {
  const arn = "arn:aws:sqs:us-east-1:000000000000:";
  const redrive = (deadLetterTargetArn: unknown, maxReceiveCount: unknown, more = {}) => ({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount, ...more }),
  });
  const policy = (wrong: object) => ({
    Policy: JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*", ...wrong }],
    }),
  });
  const allow = (policy: object) => ({ RedriveAllowPolicy: JSON.stringify(policy) });
  it.each([
    [
      "InvalidAttributeValue",
      { VisibilityTimeout: "43201" },
      "Invalid value for the parameter VisibilityTimeout.",
    ],
    [
      "InvalidAttributeValue",
      { MaximumMessageSize: "1048577" },
      "Invalid value for the parameter MaximumMessageSize.",
    ],
    [
      "InvalidAttributeValue",
      { MessageRetentionPeriod: "59" },
      "Invalid value for the parameter MessageRetentionPeriod.",
    ],
    ["InvalidAttributeValue", { DelaySeconds: "1.5" }, "Invalid value for the parameter DelaySeconds."],
    [
      "InvalidAttributeValue",
      { ReceiveMessageWaitTimeSeconds: " 1" },
      "Invalid value for the parameter ReceiveMessageWaitTimeSeconds.",
    ],
    ["InvalidAttributeValue", { Policy: "badjson" }, "Invalid value for the parameter Policy."],
    [
      "InvalidAttributeValue",
      { Policy: '{"Version":"2012-10-17","Statement":[]}' },
      "Invalid value for the parameter Policy.",
    ],
    ["InvalidAttributeValue", policy({ Principal: null }), "Invalid value for the parameter Policy."],
    ["InvalidAttributeValue", policy({ Action: null }), "Invalid value for the parameter Policy."],
    ["InvalidAttributeValue", policy({ Effect: "Maybe" }), "Invalid value for the parameter Policy."],
    [
      "InvalidAttributeValue",
      policy({ Condition: { StringEquals: null } }),
      "Invalid value for the parameter Policy.",
    ],
    ["InvalidAttributeName", { FifoQueue: "false" }, "Unknown Attribute FifoQueue."],
    [
      "InvalidAttributeName",
      { ContentBasedDeduplication: "true" },
      "Unknown Attribute ContentBasedDeduplication.",
    ],
    ["InvalidAttributeName", { QueueArn: "x" }, "Unknown Attribute QueueArn."],
    [
      "InvalidParameterValue",
      { RedrivePolicy: "badjson" },
      "Value badjson for parameter RedrivePolicy is invalid. Reason: Redrive policy is not a valid JSON map.",
    ],
    [
      "InvalidParameterValue",
      { RedrivePolicy: "{}" },
      "Value {} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: maxReceiveCount.",
    ],
    ["InvalidParameterValue", redrive("dummy", 42), "Reason: Invalid value for deadLetterTargetArn."],
    ["InvalidParameterValue", redrive(`${arn}none`, 5), "Reason: Dead letter target does not exist."],
    [
      "InvalidParameterValue",
      redrive(`${arn}dlq`, 1001),
      "Reason: Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.",
    ],
    [
      "InvalidParameterValue",
      redrive(`${arn}dlq`, 5, { x: 1 }),
      "Reason: Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].",
    ],
    [
      "InvalidParameterValue",
      redrive("arn:aws:sqs:us-east-1:111111111111:dlq", 5),
      "Reason: Dead-letter target owner should be same as the source.",
    ],
    [
      "InvalidParameterValue",
      redrive(`${arn}dlq.fifo`, 5),
      "Reason: Dead-letter queue must be same type of queue as the source.",
    ],
    [
      "InvalidAttributeValue",
      allow({}),
      "Reason: Amazon SQS can't create the redrive allow policy, as it’s in an unsupported format.",
    ],
    [
      "InvalidParameterValue",
      allow({ redrivePermission: "byQueue" }),
      "When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.",
    ],
    [
      "InvalidParameterValue",
      allow({ redrivePermission: "denyAll", sourceQueueArns: ["a"] }),
      "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.",
    ],
  ])("%s for %o", async (code, attributes, text) => {
    await using bench = await openBench();
    await bench.queue("dlq");
    await bench.queue("dlq.fifo", { FifoQueue: "true" });
    const fault = await faultOf(bench.queue("q", attributes as never));
    expect(fault).toContain(`400 ${code} (${code}): `);
    expect(fault).toContain(text);
  });

  it("a change of the queue's type", async () => {
    await using bench = await openBench();
    const QueueUrl = await bench.queue("q.fifo", { FifoQueue: "true" });
    const set = (Attributes: Record<string, string>) =>
      faultOf(bench.client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes })));
    expect(await set({ FifoQueue: "true" })).toBe(
      "400 InvalidAttributeValue (InvalidAttributeValue): Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
    );
    expect(await set({ FifoThroughputLimit: "perMessageGroupId" })).toContain("DeduplicationScope");
  });

  it.each([
    ["q.fifo", {}, "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"],
    ["a b", {}, "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"],
    [
      "x".repeat(81),
      {},
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    ],
    ["q", { FifoQueue: "true" }, "must end with .fifo suffix and be 1 to 80 in length"],
  ])("the name %s", async (name, attributes, text) => {
    await using bench = await openBench();
    expect(await faultOf(bench.queue(name, attributes))).toContain(text);
  });
});

it("does not let a queue use a dead-letter queue that does not allow it", async () => {
  await using bench = await openBench();
  await bench.queue("dlq", {
    RedriveAllowPolicy: JSON.stringify({
      redrivePermission: "byQueue",
      sourceQueueArns: [bench.arn("good")],
    }),
  });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: bench.arn("dlq"), maxReceiveCount: 1 });
  await bench.queue("good", { RedrivePolicy });
  expect(await faultOf(bench.queue("bad", { RedrivePolicy }))).toContain("does not allow this source queue");
});
