import {
  ListTargetsByRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, openEmulator, refusal } from "./emulator.ts";

let aws: Emulator;
beforeAll(async () => {
  aws = await openEmulator();
  await aws.rule("r", { source: ["shop"] }, []);
});
afterAll(() => aws[Symbol.asyncDispose]());
const queue = "arn:aws:sqs:us-east-1:000000000000:q";
const put = (...Targets: Partial<Target>[]) =>
  aws.events.send(
    new PutTargetsCommand({
      Rule: "r",
      Targets: Targets.map((target) => ({ Id: "t", Arn: queue, ...target })),
    }),
  );
const list = async () => (await aws.events.send(new ListTargetsByRuleCommand({ Rule: "r" }))).Targets;

describe("targets", () => {
  it("are added, replaced by id, listed and removed", async () => {
    const answer = await put({ Id: "a" }, { Id: "b", InputPath: "$.detail" });
    expect(answer).toMatchObject({ FailedEntryCount: 0, FailedEntries: [] });
    await put({ Id: "b", RetryPolicy: { MaximumRetryAttempts: 0 } });
    expect(await list()).toEqual([
      { Id: "a", Arn: queue },
      { Id: "b", Arn: queue, RetryPolicy: { MaximumRetryAttempts: 0 } },
    ]);
    await aws.events.send(new RemoveTargetsCommand({ Rule: "r", Ids: ["a", "b", "unknown"] }));
    expect(await list()).toEqual([]);
  });

  it("are five at most, also when one call would make them more", async () => {
    const five = ["1", "2", "3", "4", "5"].map((Id) => ({ Id }));
    await put(...five);
    expect(await refusal(put({ Id: "6" }))).toBe(
      "LimitExceededException: The requested resource exceeds the maximum number allowed.",
    );
    await put({ Id: "5", InputPath: "$.detail" });
    await aws.events.send(new RemoveTargetsCommand({ Rule: "r", Ids: five.map(({ Id }) => Id) }));
  });

  it("are all refused when one is", async () => {
    await refusal(put({ Id: "good" }, { Id: "bad", InputPath: "nope" }));
    expect(await list()).toEqual([]);
  });

  const bus = "arn:aws:events:us-east-1:000000000000:event-bus/other";
  const RoleArn = "arn:aws:iam::000000000000:role/r";
  it.each<[string, Partial<Target>[], string]>([
    [
      "an id with other characters",
      [{ Id: "!@#$@!#$" }],
      String.raw`1 validation error detected: Value '!@#$@!#$' at 'targets.1.member.id' failed to satisfy constraint: Member must satisfy regular expression pattern: [\.\-_A-Za-z0-9]+`,
    ],
    [
      "more retries than there are",
      [{ RetryPolicy: { MaximumRetryAttempts: 186 } }],
      "1 validation error detected: Value '186' at 'targets.1.member.retryPolicy.maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 185",
    ],
    [
      "a life of less than a minute",
      [{ RetryPolicy: { MaximumEventAgeInSeconds: 59 } }],
      "1 validation error detected: Value '59' at 'targets.1.member.retryPolicy.maximumEventAgeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60",
    ],
    [
      "one id twice",
      [{ Id: "a" }, { Id: "a" }],
      "Parameter targets is not valid. Reason: More than one target with Id 'a' is provided.",
    ],
    ["a bus without a role", [{ Arn: bus }], `RoleArn is required for target ${bus}.`],
    [
      "an input on a bus",
      [{ Id: "b", Arn: bus, RoleArn, InputPath: "$.detail" }],
      "Modifying the input for target b is not supported",
    ],
    [
      "parameters of another kind",
      [{ KinesisParameters: { PartitionKeyPath: "$.id" } }],
      "Parameter(s) KinesisParameters not supported for target: t.",
    ],
    [
      "a FIFO queue without a group",
      [{ Arn: `${queue}.fifo` }],
      "Parameter(s) SqsParameters must be specified for target: t.",
    ],
    [
      "a FIFO queue for dead letters",
      [{ DeadLetterConfig: { Arn: `${queue}.fifo` } }],
      "SQS FIFO is not supported by Dead Letter Queues.",
    ],
    [
      "a topic for dead letters",
      [{ DeadLetterConfig: { Arn: "arn:aws:sns:us-east-1:000000000000:x" } }],
      "sns is not supported as a dead letter resource.",
    ],
    [
      "two inputs",
      [{ Input: "{}", InputPath: "$" }],
      "Only one of Input, InputPath, or InputTransformer must be provided for target t.",
    ],
    [
      "an unknown variable",
      [{ InputTransformer: { InputTemplate: '"<what>"' } }],
      "InputTemplate for target t contains invalid placeholder what.",
    ],
  ])("refuse %s", async (_, targets, text) => {
    expect(await refusal(put(...targets))).toBe(`ValidationException: ${text}`);
  });

  it("belong to a rule", async () => {
    const call = aws.events.send(new PutTargetsCommand({ Rule: "x", Targets: [{ Id: "t", Arn: queue }] }));
    expect(await refusal(call)).toBe("ResourceNotFoundException: Rule x does not exist on EventBus default.");
  });
});
