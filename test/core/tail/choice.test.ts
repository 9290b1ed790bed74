import { describe, expect, it } from "vitest";
import { EvbError } from "../../../src/core/errors.ts";
import { planFieldsWatch, planRuleWatch } from "../../../src/core/tail/choice.ts";

const rule = { name: "big", bus: "orders", pattern: '{"source":["shop"]}', state: "ENABLED" };
const target = (Id: string, rest = {}) => ({ Id, Arn: `arn:aws:sqs:us-east-1:000000000000:${Id}`, ...rest });
const fault = (run: () => unknown): EvbError => {
  try {
    run();
  } catch (error) {
    if (error instanceof EvbError) return error;
  }
  throw new Error("no EvbError was thrown");
};

describe("a pattern from flags", () => {
  it.each([
    [[], [], { source: [{ prefix: "" }] }],
    [["a", "b"], [], { source: ["a", "b"] }],
    [["a"], ["X"], { source: ["a"], "detail-type": ["X"] }],
  ])("%j %j", (sources, types, pattern) => {
    expect(JSON.parse(planFieldsWatch(sources, types).pattern)).toEqual(pattern);
  });
});

describe("a deployed rule", () => {
  it("gives its pattern and its target's input, and nothing else of the target", () => {
    const transformer = { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '"<id>"' };
    const watch = planRuleWatch(
      rule,
      [target("a", { InputTransformer: transformer, RoleArn: "x" })],
      undefined,
    );
    expect(watch).toEqual({
      pattern: rule.pattern,
      input: { InputTransformer: transformer },
      state: "ENABLED",
      notes: [],
    });
  });

  it("needs no choice between targets that receive the same", () => {
    expect(planRuleWatch(rule, [target("a"), target("b")], undefined).input).toEqual({});
  });

  it("needs one between targets that do not", () => {
    const targets = [target("a"), target("b", { InputPath: "$.detail" })];
    expect(fault(() => planRuleWatch(rule, targets, undefined))).toMatchObject({
      code: "BAD_USAGE",
      hints: ["choose one with --target: a, b"],
    });
    expect(planRuleWatch(rule, targets, "b").input).toEqual({ InputPath: "$.detail" });
    expect(fault(() => planRuleWatch(rule, targets, "c"))).toMatchObject({ code: "NOT_FOUND" });
  });

  it("is refused when it has no pattern", () => {
    expect(fault(() => planRuleWatch({ ...rule, pattern: undefined }, [], undefined)).message).toContain(
      "schedule",
    );
  });

  it("keeps the state that shows CloudTrail's management events", () => {
    const state = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    expect(planRuleWatch({ ...rule, state }, [], undefined).state).toBe(state);
  });

  it("says where the consumer may see something else", () => {
    const notes = (state: string, ...targets: ReturnType<typeof target>[]) =>
      planRuleWatch({ ...rule, state }, targets, undefined).notes.join();
    expect(notes("ENABLED", target("a"))).toBe("");
    expect(notes("DISABLED", target("a"))).toContain("disabled");
    expect(notes("ENABLED")).toContain("no targets");
    const InputTransformer = { InputTemplate: '"<aws.events.rule-name>"' };
    expect(notes("ENABLED", target("a", { InputTransformer }))).toContain("temporary");
  });
});
