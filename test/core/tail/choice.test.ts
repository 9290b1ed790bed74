import { describe, expect, it } from "vitest";
import { planFieldsWatch } from "../../../src/core/tail/choice.ts";

describe("a pattern from flags", () => {
  it.each([
    [[], [], { source: [{ prefix: "" }] }],
    [["a", "b"], [], { source: ["a", "b"] }],
    [["a"], ["X"], { source: ["a"], "detail-type": ["X"] }],
  ])("%j %j", (sources, types, pattern) => {
    expect(JSON.parse(planFieldsWatch(sources, types).pattern)).toEqual(pattern);
  });
});
