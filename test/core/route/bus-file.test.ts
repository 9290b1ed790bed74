import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planApply } from "../../../src/core/route/index.ts";
import { readSource, renderFault } from "../../../src/core/route/source/index.ts";

const home = { partition: "aws", region: "eu-west-1", account: "123456789012" };
const read = (value: object) =>
  readSource({ name: "b.json", text: JSON.stringify(value, null, 1) }, { home });
const plan = (value: object) => {
  const { model, faults } = read(value);
  expect(faults).toEqual([]);
  return planApply(model, home).steps;
};

describe("a bus file", () => {
  it("says all its mistakes at once, each with its place", () => {
    const { faults } = read({
      bus: {},
      queues: { a: { policy: "open", deadLetterQueue: "none" } },
      buses: {
        b: {
          rules: {
            r: { pattern: [], state: "ON", targets: [{ queue: "gone" }, { id: "x", queue: "a", bus: "b" }] },
            s: { targets: [{ id: 1, arn: "arn:x", retryPolicy: { maximumRetryAttempts: "2" } }] },
          },
        },
      },
    });
    expect(faults.map(renderFault)).toEqual([
      'b.json:2:2: the file: unknown field "bus", expected one of $schema, description, home, buses, queues',
      'b.json:5:14: queues.a.policy: expected "rules" or "none"',
      'b.json:6:23: queues.a.deadLetterQueue: the file has no queue "none"',
      "b.json:13:17: buses.b.rules.r.pattern: expected an object",
      'b.json:14:15: buses.b.rules.r.state: expected "ENABLED" or "DISABLED" or "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"',
      "b.json:16:7: buses.b.rules.r.targets[0].id: expected a text",
      'b.json:17:17: buses.b.rules.r.targets[0].queue: the file has no queue "gone"',
      "b.json:19:7: buses.b.rules.r.targets[1]: expected one of queue, bus and arn",
      "b.json:26:5: buses.b.rules.s: expected a pattern or a schedule",
      "b.json:29:14: buses.b.rules.s.targets[0].id: expected a text",
      "b.json:32:33: buses.b.rules.s.targets[0].retryPolicy.maximumRetryAttempts: expected a whole number",
    ]);
  });

  it("makes queues with their final policy before the rules that the policy names, dead-letter queues first", () => {
    const steps = plan({
      queues: { q: { deadLetterQueue: "dlq", maxReceiveCount: 3 }, dlq: {}, shut: { policy: "none" } },
      buses: {
        b: {
          rules: {
            r: { pattern: { source: ["s"] }, targets: [{ id: "t", queue: "q", deadLetterQueue: "dlq" }] },
          },
        },
      },
    });
    expect(steps.map((step) => `${step.kind} ${"name" in step ? step.name : ""}`.trim())).toEqual([
      "queue dlq",
      "queue q",
      "queue shut",
      "bus",
      "rule",
      "targets",
    ]);
    const attributes = (name: string) =>
      steps.flatMap((step) => (step.kind === "queue" && step.name === name ? [step.attributes] : []))[0]!;
    expect(JSON.parse(attributes("q").Policy!).Statement).toEqual([
      {
        Sid: "rule0",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: "arn:aws:sqs:eu-west-1:123456789012:q",
        Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:eu-west-1:123456789012:rule/b/r" } },
      },
    ]);
    expect(JSON.parse(attributes("q").RedrivePolicy!)).toEqual({
      deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:dlq",
      maxReceiveCount: 3,
    });
    expect(attributes("dlq").Policy).toContain("rule/b/r");
    expect(attributes("shut").Policy).toBe("");
    expect(steps.at(-1)).toMatchObject({
      targets: [
        {
          Id: "t",
          Arn: "arn:aws:sqs:eu-west-1:123456789012:q",
          DeadLetterConfig: { Arn: "arn:aws:sqs:eu-west-1:123456789012:dlq" },
        },
      ],
    });
  });

  it("gives a bus as a target the role that PutTargets demands", () => {
    const steps = plan({
      buses: { a: { rules: { r: { pattern: { source: ["s"] }, targets: [{ id: "t", bus: "b" }] } } }, b: {} },
    });
    expect(steps.at(-1)).toMatchObject({
      targets: [
        {
          Arn: "arn:aws:events:eu-west-1:123456789012:event-bus/b",
          RoleArn: "arn:aws:iam::123456789012:role/send-to-event-bus",
        },
      ],
    });
  });

  const folder = join(import.meta.dirname, "../../../templates/buses");
  it.each(readdirSync(folder).filter((name) => name.endsWith(".json")))(
    "templates/buses/%s is one",
    (name) => {
      const text = readFileSync(join(folder, name), "utf8");
      expect(readSource({ name, text })).toMatchObject({ kind: "bus file", faults: [], warnings: [] });
    },
  );
});
