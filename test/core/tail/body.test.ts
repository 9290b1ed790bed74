import { describe, expect, it } from "vitest";
import { parseBody } from "../../../src/core/tail/body.ts";
import { jsonLine, oneLine } from "../../../src/core/tail/line.ts";
import { parseSelect, renderSelected, select } from "../../../src/core/tail/select.ts";

const event = {
  version: "0",
  id: "e-1",
  "detail-type": "OrderPlaced",
  source: "shop",
  time: "2026-11-23T19:53:12Z",
  detail: { id: 42 },
};

describe("a delivered body", () => {
  it("is read as an event", () => {
    expect(parseBody(JSON.stringify(event), "m-1").event).toEqual({
      id: "e-1",
      source: "shop",
      detailType: "OrderPlaced",
      time: Date.parse("2026-11-23T19:53:12Z"),
      detail: { id: 42 },
    });
  });

  it("is known by its event, so that a second delivery is not a second event", () => {
    const text = JSON.stringify(event);
    expect(parseBody(text, "m-1").key).toBe(parseBody(text, "m-2").key);
    const replayed = JSON.stringify({ ...event, "replay-name": "again" });
    expect(parseBody(replayed, "m-1").key).not.toBe(parseBody(text, "m-1").key);
  });

  it.each(['"order 42"', "order 42", '{"id":"e-1"}', "[1]", "null", ""])("may be anything: %s", (text) => {
    const { event: none, key } = parseBody(text, "m-1");
    expect(none).toBeUndefined();
    expect(key).not.toBe(parseBody(text, "m-2").key);
  });

  it.each([
    ['{"a": 1,  "b":2.50}', '{"a": 1,  "b":2.50}'],
    ['{\n  "a": 12345678901234567890\n}', '{ "a": 12345678901234567890 }'],
    ["order 42", '"order 42"'],
    ['"one"\n"two"', '"\\"one\\"\\n\\"two\\""'],
  ])("is one line of JSON: %j", (body, line) => {
    expect(jsonLine(body, parseBody(body, "m").value)).toBe(line);
  });

  it("is one line of text", () => {
    expect(oneLine('"one"\n"two"\n')).toBe('"one" "two"');
  });
});

describe("--select", () => {
  const pick = (path: string, json = false) => {
    const steps = parseSelect(path);
    if (typeof steps === "string") throw new Error(steps);
    return renderSelected(select({ ...event, list: [{ a: "x" }], no: null }, steps), json);
  };

  it.each([
    ["detail.id", "42"],
    ["$.detail.id", "42"],
    ["detail-type", "OrderPlaced"],
    ["list[0].a", "x"],
    ["list[0]", '{"a":"x"}'],
    ["list.length", "null"],
    ["no", "null"],
    ["nothing.here", "null"],
    ["source.length", "null"],
  ])("%s", (path, text) => expect(pick(path)).toBe(text));

  it("quotes strings as JSON", () => expect(pick("detail-type", true)).toBe('"OrderPlaced"'));

  it("says what is wrong with a path", () => expect(parseSelect("detail..id")).toContain("character"));
});
