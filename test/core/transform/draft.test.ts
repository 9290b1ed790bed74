import { describe, expect, it } from "vitest";
import {
  inputFields,
  suggestTemplate,
  variableFault,
  variableName,
} from "../../../src/core/transform-draft/fields.ts";

describe("an input transformer in the making", () => {
  it("offers the parts of an event that EventBridge can reach, the detail first", () => {
    const event = {
      source: "shop",
      "detail-type": "Order Placed",
      detail: { "no way": 1, items: [{ sku: "a" }, { sku: "b" }], none: [] },
    };
    expect(inputFields(event).map(({ path }) => path)).toEqual([
      "$.detail",
      "$.detail.items",
      "$.detail.items[0]",
      "$.detail.items[0].sku",
      "$.detail.none",
      "$.detail-type",
      "$.source",
    ]);
  });

  it.each([
    ["$.detail.order.id", [], "id"],
    ["$.detail.order.id", ["id"], "orderId"],
    ["$.detail-type", [], "type"],
    ["$.detail.items[0]", [], "items0"],
    ["$.id", ["id"], "id2"],
  ])("names %s beside %j: %s", (path, taken, name) => {
    expect(variableName(path, taken)).toBe(name);
    expect(variableFault(name, taken)).toBeUndefined();
  });

  it("refuses a name that AWS would refuse, or that is there already", () => {
    expect(variableFault("a b", [])).toContain("letters, digits");
    expect(variableFault("a", ["a"])).toBe("there is a variable a already");
  });

  it("begins with a template of all variables", () => {
    expect(suggestTemplate(["id", "total"])).toBe('{"id": <id>, "total": <total>}');
  });
});
