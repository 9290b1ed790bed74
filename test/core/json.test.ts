import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonFault } from "../../src/core/json.ts";

describe("the place of a JSON fault", () => {
  it.each<[string, number, number, string]>([
    ['{"a":1,}', 1, 8, 'expected a key in double quotes but found "}"'],
    ['{"a" 1}', 1, 6, "expected ':' but found \"1\""],
    ['{\n  "a": [1 2]\n}', 2, 11, "expected ',' or ']' but found \"2\""],
    ['{"a":01}', 1, 6, 'expected a value but found "0"'],
    ['{"a":tru}', 1, 6, 'expected a value but found "t"'],
    ["{'a':1}", 1, 2, 'expected a key in double quotes but found "\'"'],
    ['{"a":"x', 1, 6, "the text ends inside the string that begins here"],
    ['{"a":"\\x"}', 1, 7, "broken escape sequence"],
    ['{"a":"\t"}', 1, 7, "a control character must be escaped inside a string"],
    ["", 1, 1, "expected a value but the text ends"],
    ['{"a":1} x', 1, 9, 'expected the end of the text but found "x"'],
    ["[1,", 1, 4, "expected a value but the text ends"],
  ])("%j", (text, line, column, reason) => {
    expect(findJsonFault(text)).toEqual({ line, column, reason });
  });

  it("finds one exactly where JSON.parse does", () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "]", "}", '"', "x", "0", "\\"))
      .map(([json, at, what]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + what + json.slice(place + 1);
      });
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), broken),
        (text) => (findJsonFault(text) === undefined) === parses(text),
      ),
      { numRuns: 2000 },
    );
  });

  it("is not overflowed by depth", () => {
    expect(findJsonFault("[".repeat(200_000))).toMatchObject({ line: 1, column: 200_001 });
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
