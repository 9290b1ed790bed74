import { describe, expect, it } from "vitest";
import { readDraft } from "../../../src/core/event/draft.ts";
import { parsePath, renderPath } from "../../../src/core/event/path.ts";
import { assign, parseAssignment } from "../../../src/core/event/set.ts";

const event = {
  source: "s",
  "detail-type": "t",
  detail: { order: { id: 1, "a.b": 2 }, items: [{ sku: "x" }] },
};
const set = (...texts: string[]) => {
  const { draft } = readDraft(event);
  const faults = texts.map((text) => assign(draft, parseAssignment(text))).filter(Boolean);
  return { detail: draft.detail, faults, draft };
};

describe("--set", () => {
  it.each([
    ["detail.order.id=42", { ...event.detail, order: { id: "42", "a.b": 2 } }],
    ["detail.order.id:=42", { ...event.detail, order: { id: 42, "a.b": 2 } }],
    ["detail.items[0].sku=y=z", { ...event.detail, items: [{ sku: "y=z" }] }],
    ["detail.items[1].sku=new", { ...event.detail, items: [{ sku: "x" }, { sku: "new" }] }],
    ['detail.order["a.b"]:=null', { ...event.detail, order: { id: 1, "a.b": null } }],
    ["detail.order.a\\.b=3", { ...event.detail, order: { id: 1, "a.b": "3" } }],
    ["detail.new.deep[0]:={}", { ...event.detail, new: { deep: [{}] } }],
    ["detail:={}", {}],
    ["detail.empty=", { ...event.detail, empty: "" }],
  ])("%s", (text, detail) => {
    expect(set(text)).toMatchObject({ faults: [] });
    expect(set(text).detail).toEqual(detail);
  });

  it("takes the fields beside detail, by the names of both forms", () => {
    expect(set("source=a", "DetailType=b", "resources[0]=arn:c").draft).toMatchObject({
      source: "a",
      detailType: "b",
      resources: ["arn:c"],
    });
  });

  it("leaves what it came from as it was", () => {
    const before = structuredClone(event);
    set("detail.order.id=42", "detail.items[0].sku=y");
    expect(event).toEqual(before);
  });

  it("makes a key called __proto__ a key", () => {
    const { detail } = set("detail.__proto__.polluted=yes");
    expect(JSON.stringify(detail)).toContain('"__proto__":{"polluted":"yes"}');
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it("says why it cannot", () => {
    expect(set("detail.order.id.x=1").faults).toEqual(["detail.order.id is a number, so it has no field x"]);
    expect(set("detail.items[5]=1").faults).toEqual([
      "detail.items has 1 elements, so [5] would leave a gap",
    ]);
    expect(set("detail.order[0]=1").faults).toEqual(["detail.order is an object, so it has no [0]"]);
  });

  it.each([
    ["detail.order", "expected path=text or path:=json"],
    ["detial.x=1", "an event has no field detial that can be set"],
    ["detail..x=1", 'the path "detail..x" is broken at character 7'],
    ["detail.x:=nope", "the value is no valid JSON"],
    ["=1", "the path is empty"],
  ])("refuses %s", (text, words) => {
    expect(() => parseAssignment(text)).toThrow(words);
  });

  it("does not touch a detail whose numbers it would change", () => {
    const { draft } = readDraft({ Source: "s", DetailType: "t", Detail: '{"n":9007199254740993}' });
    expect(assign(draft, parseAssignment("detail.x=1"))).toContain("would be changed by editing");
    expect(draft.detail).toBe('{"n":9007199254740993}');
    const card = readDraft({ Source: "s", DetailType: "t", Detail: '{"n":"4111111111111111"}' }).draft;
    expect(assign(card, parseAssignment("detail.x=1"))).toBeUndefined();
  });
});

describe("paths", () => {
  it.each(["detail.a[0].b", 'a["b.c"][2]', "a-b.c_d"])("%s reads and writes", (text) => {
    expect(renderPath(parsePath(text) as (string | number)[])).toBe(text);
  });
});
