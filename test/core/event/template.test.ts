import { describe, expect, it } from "vitest";
import { openFake } from "../../../src/commands/fake.ts";
import { makeUlid } from "../../../src/core/event/ids.ts";
import { parseTemplate } from "../../../src/core/event/template/parse.ts";
import { findMissing, type Given, renderTemplate } from "../../../src/core/event/template/render.ts";
import { seededRandom } from "../../world.ts";

const now = Date.parse("2026-01-02T03:04:05.678Z");
const tools = (seed = 1) => ({ now, random: seededRandom(seed), index: 0 });
const parse = (json: unknown) => {
  const text = typeof json === "string" ? json : JSON.stringify(json, null, 2);
  return parseTemplate("t.json", text, JSON.parse(text));
};
const render = (json: unknown, given: Given = {}) => renderTemplate(parse(json), given, tools());
const value = (expression: string) => (render({ v: { $eval: expression } })[0] as { v: unknown }).v;
const fault = (json: unknown, given: Given = {}) => {
  try {
    render(json, given);
  } catch (error) {
    return { message: (error as Error).message, hints: (error as { hints: string[] }).hints };
  }
  return undefined;
};

describe("functions", () => {
  it.each([
    ["now", "2026-01-02T03:04:05.678Z"],
    ["fromNow('-2 days 3 hours')", "2025-12-31T00:04:05.678Z"],
    ["fromNow('90m')", "2026-01-02T04:34:05.678Z"],
    ["fromNow('1 second', '2026-01-01T00:00:00Z')", "2026-01-01T00:00:01.000Z"],
    ["date()", "2026-01-02"],
    ["date('+1 week')", "2026-01-09"],
    ["epoch()", 1767323045],
    ["epochMs('1ms')", now + 1],
    ["index", 0],
    ["round(2.345, 1)", 2.3],
    ["uppercase('a') + str(max(1, 2))", "A2"],
  ])("%s", (expression, expected) => expect(value(expression)).toEqual(expected));

  it("of chance stay in their range, and repeat with their seed", () => {
    const many = (expression: string) =>
      render({ events: { $eval: `[${Array(200).fill(expression).join(",")}]` } });
    const ints = many("randomInt(1, 3)") as number[];
    expect(new Set(ints)).toEqual(new Set([1, 2, 3]));
    for (const n of many("randomNumber(1, 2, 1)") as number[])
      expect(n >= 1 && n <= 2 && n * 10 === Math.round(n * 10)).toBe(true);
    expect(new Set(many("pick('a', 'b')"))).toEqual(new Set(["a", "b"]));
    expect(new Set(many("chance(0.5)"))).toEqual(new Set([true, false]));
    expect(many("uuid()")).toEqual(many("uuid()"));
    expect(new Set(many("uuid()")).size).toBe(200);
  });

  it("make ids of the known shapes", () => {
    expect(value("uuid()")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(value("ulid()")).toMatch(/^01K[0-9A-HJKMNP-TV-Z]{23}$/);
    expect(makeUlid(1469918176385, () => 0)).toBe(`01ARYZ6S41${"0".repeat(16)}`);
    expect(value("hex(5)")).toMatch(/^[0-9a-f]{5}$/);
  });

  it("make fake values that repeat with their seed", async () => {
    const once = async (seed: number) => {
      const fake = await openFake(seededRandom(seed), () => now);
      const body = {
        name: "${fake('person.fullName')}",
        n: { $eval: "fake('number.int', {max: 9})" },
        d: "${fake('date.past')}",
      };
      return renderTemplate(parse(body), {}, { ...tools(), fake })[0] as Record<string, unknown>;
    };
    const first = await once(1);
    expect(first).toEqual(await once(1));
    expect(first).not.toEqual(await once(2));
    expect(first.n).toBeTypeOf("number");
    expect(String(first.d) < "2026-01-02T03:04:05").toBe(true);
  });
});

describe("a rendered template", () => {
  it.each([
    ["one event", { source: "a" }, [{ source: "a" }]],
    ["a list", [{ source: "a" }, { source: "b" }], [{ source: "a" }, { source: "b" }]],
    ["a list below events", { $template: {}, events: [{ source: "a" }] }, [{ source: "a" }]],
    ["what json-e makes of it", { $map: [1, 2], "each(n)": { n: "${n}" } }, [{ n: "1" }, { n: "2" }]],
  ])("is %s", (_what, json, events) => expect(render(json)).toEqual(events));

  it("takes values by their type, and defaults that are templates themselves", () => {
    const json = {
      $template: {
        variables: {
          n: { default: 1 },
          on: { type: "boolean" },
          list: { type: "json" },
          id: { default: "${uuid()}-${n}" },
        },
      },
      n: { $eval: "n" },
      on: { $eval: "on" },
      list: { $eval: "list" },
      id: "${id}",
    };
    const [event] = render(json, { on: "true", list: "[1]" }) as Record<string, unknown>[];
    expect(event).toMatchObject({ n: 1, on: true, list: [1] });
    expect(event!.id).toMatch(/^[0-9a-f-]{36}-1$/);
    expect(render(json, { on: false, list: {}, n: "7", id: "x" })).toEqual([
      { n: 7, on: false, list: {}, id: "x" },
    ]);
  });
});

describe("a fault", () => {
  it("names file, line, column and field", () => {
    expect(fault({ source: "a", detail: { order: ["${1}", "${ordr}"] } }, { order: 1 })).toEqual({
      message: "t.json:6:10: detail.order[1]: unknown name ordr",
      hints: ["did you mean order?"],
    });
    expect(fault({ detail: { id: "${uuuid()}" } })).toEqual({
      message: "t.json:3:14: detail.id: unknown function uuuid",
      hints: ["did you mean uuid?"],
    });
  });

  it("is placed inside json-e's own keys too", () => {
    const text = '{"detail": {"$let": {"a": 1}, "in": {"x": {"$if": "a == 1", "then": {"y": "${nope}"}}}}}';
    expect(fault(text)?.message).toBe(`t.json:1:${text.indexOf("nope") + 1}: detail.x.y: unknown name nope`);
  });

  it.each([
    [{ d: "${fromNow('soon')}" }, 't.json:2:8: d: no time offset: "soon" (for example "-2 days 3 hours")'],
    [{ d: "${randomInt(3, 1)}" }, "t.json:2:8: d: randomInt wants the smaller number first, found 3 and 1"],
    [{ d: "${uuid(" }, "t.json:2:8: the expression is not finished"],
    [{ d: { $eval: "1 +" } }, "t.json:3:14: the expression is not finished"],
    [{ d: "${fake('x.y')}" }, "t.json:2:8: d: no fake values are at hand"],
    [
      { $template: { variables: { n: { typ: "x" } } }, a: 1 },
      't.json:4:8: the variable n has an unknown key "typ"',
    ],
    [{ $template: { vars: {} }, a: 1 }, 't.json:2:16: $template has an unknown key "vars"'],
    [{ $eval: "1" }, "t.json: rendering gave a number, not an event"],
  ])("%j", (json, words) => expect(fault(json)?.message).toContain(words));

  it("is a value of the wrong type", () => {
    const json = { $template: { variables: { n: { type: "integer" } } }, n: "${n}" };
    expect(fault(json, { n: "1.5" })?.message).toBe(
      't.json: the variable n wants a whole number, found "1.5"',
    );
  });

  it("is a name that faker does not know", async () => {
    const fake = await openFake(seededRandom(1), () => now);
    expect(() => fake("person.fulName", [])).toThrow(
      'fake knows no "person.fulName": is person.fullName meant?',
    );
    expect(() => fake("name.firstName", [])).toThrow("person.firstName");
    expect(() => fake("person.constructor", [])).toThrow("fake knows no");
  });
});

describe("missing values", () => {
  const missing = (json: unknown, given: Given = {}) =>
    findMissing(parse(json), given, tools()).map(({ name, place }) => `${name} ${place}`);

  it("are found all, declared or not", () => {
    const json = {
      $template: { variables: { a: { type: "number" }, b: { default: 1 } } },
      x: "${a}${c}",
      y: { $eval: "d + '!'" },
    };
    expect(missing(json)).toEqual(["a t.json:4:8", "c t.json:12:15", "d t.json:14:15"]);
    expect(missing(json, { a: 1, c: 2, d: "x" })).toEqual([]);
  });

  it("are not functions that are misspelt", () => {
    expect(() => missing({ x: "${uuuid()}" })).toThrow("unknown function uuuid");
  });
});
