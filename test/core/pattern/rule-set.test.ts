import { expect, it } from "vitest";
import { RuleSet } from "../../../src/core/pattern/index.ts";

it("misses nothing after so many rules were replaced that it begins anew", () => {
  const rules = new RuleSet();
  rules.add("stays", { source: ["x", "y"] });
  const event = { source: "x" };
  for (let round = 0; round < 20; round++) {
    rules.add("changes", { source: ["x"] });
    if (round % 3 === 0) rules.add("changes", { source: ["x"] });
    expect(rules.match(event)).toEqual(["stays", "changes"]);
  }
});
