import { describe, expect, it } from "vitest";
import type { Rule, Target } from "../../../src/core/route/bus.ts";
import { parseField, usagesOf } from "../../../src/core/route/usages.ts";

const rule = (pattern: string, ...targets: Partial<Target>[]): Rule => ({
  name: "r",
  bus: "b",
  arn: "arn:r",
  state: "ENABLED",
  pattern,
  targets: targets.map((target, index) => ({ Id: `t${index}`, Arn: "arn:q", ...target })),
  unknowns: [],
});
const usages = (given: Rule, field: string) =>
  usagesOf(given, parseField(field)!).map(
    ({ where, path, relation, target }) => `${target?.Id ?? "-"} ${where} ${path} ${relation}`,
  );
const paths = (InputPathsMap: Record<string, string>, InputTemplate = '"x"') => ({
  InputTransformer: { InputPathsMap, InputTemplate },
});

describe("usages of a field", () => {
  it.each<[string, Rule, string[]]>([
    ["a pattern", rule('{"detail":{"order":{"id":["a"]}}}'), ["- pattern detail.order.id same"]],
    ["a pattern with dots", rule('{"detail.order.id":["a"]}'), ["- pattern detail.order.id same"]],
    [
      "a pattern below it",
      rule('{"detail":{"order":{"id":{"x":["a"]}}}}'),
      ["- pattern detail.order.id.x below"],
    ],
    ["a pattern above it", rule('{"detail":{"order":[{"exists":false}]}}'), ["- pattern detail.order above"]],
    ["a field that begins like it", rule('{"detail":{"order":{"idea":["a"]}}}'), []],
    [
      "each branch once",
      rule('{"$or":[{"detail":{"order":{"id":["a"]}}},{"detail":{"order":{"id":["b"]}}}]}'),
      ["- pattern detail.order.id same"],
    ],
    ["an InputPath", rule("{}", { InputPath: "$.detail.order" }), ["t0 InputPath $.detail.order above"]],
    [
      "an InputPathsMap, through arrays",
      rule(
        '{"source":["a"]}',
        paths({ id: "$.detail.order[0].id", all: "$.detail.order[*].id.x", no: "$.source" }),
      ),
      ["t0 InputPathsMap.id $.detail.order[0].id same", "t0 InputPathsMap.all $.detail.order[*].id.x below"],
    ],
    [
      "a template with the whole event",
      rule('{"source":["a"]}', paths({}, '{"e":<aws.events.event.json>}')),
      ["t0 InputTemplate $ above"],
    ],
    ["a pattern that AWS would refuse", rule('{"detail":{"order":{"id":[]}}}'), []],
  ])("%s", (_, given, found) => expect(usages(given, "detail.order.id")).toEqual(found));

  it("takes a path with and without its root, and says what is wanted", () => {
    const given = rule('{"detail":{"n":[1.50,{"prefix":"a"}]}}');
    expect(usages(given, "$.detail.n")).toEqual(["- pattern detail.n same"]);
    expect(usagesOf(given, ["detail", "n"])[0]!.wanted).toEqual(["1.50", '{"prefix":"a"}']);
    expect([parseField("detail..n"), parseField("$"), parseField("")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(parseField("detail-type")).toEqual(["detail-type"]);
  });
});
