import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findValue, normalJson, parsePath } from "../../../src/core/transform/index.ts";

describe("normalJson", () => {
  it("drops white space between tokens and nothing else", () => {
    expect(normalJson(' { "a b" : [ 1 , 2.50 ,\n1e3 ] , "10" : 1, "2":2 }\t')).toBe(
      '{"a b":[1,2.50,1e3],"10":1,"2":2}',
    );
  });

  it("writes strings with as few escapes as JSON allows", () => {
    expect(normalJson(String.raw`{"\u0061":"\/ \u00e9 \" \\ \n \u0001"}`)).toBe(
      String.raw`{"a":"/ é \" \\ \n \u0001"}`,
    );
  });

  it("keeps every value, whatever the layout", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, "\t"), (value, indent) => {
        expect(JSON.parse(normalJson(JSON.stringify(value, null, indent)))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
        expect(normalJson(JSON.stringify(value, null, indent))).toBe(JSON.stringify(value));
      }),
    );
  });

  it("takes a string of a megabyte", () => {
    const text = JSON.stringify({ a: '"\\'.repeat(500_000) });
    expect(normalJson(` ${text} `)).toBe(text);
  });
});

describe("findValue", () => {
  it("finds each member of any object, as it is written", () => {
    const key = fc.stringMatching(/^[\w/-]{1,8}$/).filter((name) => name !== "__proto__");
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue(), { minKeys: 1 }), (object) => {
        const json = JSON.stringify({ detail: object });
        for (const [name, value] of Object.entries(object))
          expect(findValue(json, parsePath(`$.detail.${name}`)!)).toBe(JSON.stringify(value));
      }),
    );
  });

  it("takes the last of several equal keys", () => {
    expect(findValue('{"a":1,"a":2}', parsePath("$.a")!)).toBe("2");
  });
});
