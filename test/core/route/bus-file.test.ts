import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planApply } from "../../../src/core/route/apply-plan.ts";
import { parseBusFile } from "../../../src/core/route/bus-file.ts";

const home = { partition: "aws", region: "eu-west-1", account: "123456789012" };

describe("a bus file", () => {
  it("says all its mistakes at once, each with its place", () => {
    const result = parseBusFile({
      bus: {},
      queues: { a: { policy: "open" } },
      buses: {
        b: {
          rules: {
            r: { pattern: [], state: "ON", targets: [{ queue: "gone" }, { id: "x", queue: "a", bus: "b" }] },
          },
        },
      },
    });
    expect(result).toEqual({
      ok: false,
      faults: [
        'the file: unknown field "bus", expected one of $schema, description, buses, queues',
        'queues.a.policy: expected "rules" or "none"',
        "buses.b.rules.r.pattern: expected an object",
        'buses.b.rules.r.state: expected "ENABLED" or "DISABLED"',
        "buses.b.rules.r.targets[0].id: expected a text",
        'buses.b.rules.r.targets[0].queue: the file has no queue "gone"',
        "buses.b.rules.r.targets[1]: expected one of queue and bus",
      ],
    });
  });

  it("makes queues with their final policy before the rules that the policy names", () => {
    const result = parseBusFile({
      queues: { q: {}, dlq: {}, shut: { policy: "none" } },
      buses: {
        b: {
          rules: {
            r: { pattern: { source: ["s"] }, targets: [{ id: "t", queue: "q", deadLetterQueue: "dlq" }] },
          },
        },
      },
    });
    if (!result.ok) throw new Error(result.faults.join());
    const steps = planApply(result.file, home);
    expect(steps.map(({ kind }) => kind)).toEqual(["queue", "queue", "queue", "bus", "rule", "targets"]);
    const policy = (name: string) =>
      steps.flatMap((step) =>
        step.kind === "queue" && step.name === name ? [step.attributes.Policy] : [],
      )[0];
    expect(JSON.parse(policy("q")!).Statement).toEqual([
      {
        Sid: "rule0",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: "arn:aws:sqs:eu-west-1:123456789012:q",
        Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:eu-west-1:123456789012:rule/b/r" } },
      },
    ]);
    expect(policy("dlq")).toContain("rule/b/r");
    expect(policy("shut")).toBe("");
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
    const result = parseBusFile({
      buses: { a: { rules: { r: { pattern: { source: ["s"] }, targets: [{ id: "t", bus: "b" }] } } }, b: {} },
    });
    if (!result.ok) throw new Error(result.faults.join());
    expect(planApply(result.file, home).at(-1)).toMatchObject({
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
      expect(parseBusFile(JSON.parse(readFileSync(join(folder, name), "utf8")))).toMatchObject({ ok: true });
    },
  );
});
