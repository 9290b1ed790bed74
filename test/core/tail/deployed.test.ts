import { describe, expect, it } from "vitest";
import { EvbError } from "../../../src/core/errors.ts";
import { planRuleWatches } from "../../../src/core/tail/deployed.ts";

const target = (Id: string, rest = {}) => ({ Id, Arn: `arn:aws:sqs:us-east-1:000000000000:${Id}`, ...rest });
const rule = (targets: ReturnType<typeof target>[], rest = {}) => ({
  name: "big",
  bus: "orders",
  pattern: '{"source":["shop"]}',
  state: "ENABLED",
  targets,
  ...rest,
});
const fault = (run: () => unknown): EvbError => {
  try {
    run();
  } catch (error) {
    if (error instanceof EvbError) return error;
  }
  throw new Error("no EvbError was thrown");
};
const path = { InputPath: "$.detail" };

describe("a deployed rule", () => {
  it("gives its pattern and its target's input, and nothing else of the target", () => {
    const InputTransformer = { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '"<id>"' };
    expect(planRuleWatches([rule([target("a", { InputTransformer })])], [])).toEqual([
      {
        mark: "big",
        pattern: '{"source":["shop"]}',
        input: { InputTransformer },
        state: "ENABLED",
        notes: [],
      },
    ]);
  });

  it("needs no choice between targets that receive the same", () => {
    expect(planRuleWatches([rule([target("a"), target("b")])], [])).toMatchObject([{ input: {} }]);
  });

  it("needs one between targets that do not", () => {
    const rules = [rule([target("a"), target("b", path)])];
    expect(fault(() => planRuleWatches(rules, []))).toMatchObject({
      code: "BAD_USAGE",
      hints: ["choose with --target: a, b"],
    });
    expect(planRuleWatches(rules, ["b"])).toMatchObject([{ mark: "big", input: path }]);
    expect(fault(() => planRuleWatches(rules, ["c"]))).toMatchObject({
      code: "NOT_FOUND",
      message: "rule big of bus orders has no target c",
      hints: ["targets of big: a, b"],
    });
  });

  it("is watched once for each target that is named, beside other rules", () => {
    const rules = [
      rule([target("a"), target("b", path)]),
      rule([target("c")], { name: "small", pattern: '{"source":["crm"]}' }),
    ];
    expect(planRuleWatches(rules, ["a", "b"])).toMatchObject([
      { mark: "big/a", input: {} },
      { mark: "big/b", input: path },
      { mark: "small", input: {}, pattern: '{"source":["crm"]}' },
    ]);
    expect(fault(() => planRuleWatches(rules, ["a", "d"])).message).toBe(
      "none of the rules of bus orders has a target d",
    );
  });

  it("is refused when it has no pattern", () => {
    expect(fault(() => planRuleWatches([rule([], { pattern: undefined })], [])).message).toContain(
      "schedule",
    );
  });

  it("keeps the state that shows CloudTrail's management events", () => {
    const state = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    expect(planRuleWatches([rule([], { state })], [])).toMatchObject([{ state }]);
  });

  it.each([
    ["", [target("a")], {}],
    ["rule big is disabled", [target("a")], { state: "DISABLED" }],
    ["rule big has no targets", [], {}],
    [
      "names its rule; here it gets the name of the temporary one",
      [target("a", { InputTransformer: { InputTemplate: '"<aws.events.rule-name>"' } })],
      {},
    ],
    ["the same constant text for every event", [target("a", { Input: '"x"' })], {}],
    [
      "is reached with role arn:x: whether that role may is not seen here",
      [target("a", { RoleArn: "arn:x" })],
      {},
    ],
    ["also gets headers, path or query", [target("a", { HttpParameters: {} })], {}],
  ])("says where the consumer may see something else: %j", (words, targets, rest) => {
    const [watch] = planRuleWatches([rule(targets, rest)], []);
    if (words === "") expect(watch!.notes).toEqual([]);
    else expect(watch!.notes.join()).toContain(words);
  });
});
