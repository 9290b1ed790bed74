import fc from "fast-check";
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

it("matches by what a name stands for now, however often rules were replaced and taken out", () => {
  const patterns = [{ a: ["x"] }, { a: ["y"] }, { a: ["x", "y"] }, { a: [{ prefix: "x" }] }, { "": ["x"] }];
  const step = fc.tuple(fc.constantFrom("p", "q", "r"), fc.option(fc.constantFrom(...patterns)));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const rules = new RuleSet();
      const plain = new Map<string, object>();
      for (const [name, pattern] of steps) {
        plain.delete(name);
        if (pattern === null) rules.delete(name);
        else {
          rules.add(name, pattern);
          plain.set(name, pattern);
        }
      }
      for (const event of [{ a: "x" }, { a: "y" }, { "": "x" }]) {
        const alone = [...plain].filter(
          ([name, pattern]) => new RuleSet().add(name, pattern).match(event)[0],
        );
        expect(rules.match(event)).toEqual(alone.map(([name]) => name));
      }
    }),
  );
});

it("finds each of many strings, however the event spells them, and no longer those that were deleted", () => {
  const odd = ["", "é", "😀", "\ufffd", "\ud800", 'a"b', "a\\b", "a\u0000"];
  const texts = [...odd, ...Array.from({ length: 1000 }, (_, i) => `text-${i}`)];
  const rules = new RuleSet();
  for (const [i, text] of texts.entries()) rules.add(`r${i}`, { a: [text], b: [text] });
  const spellings = (text: string) => [
    JSON.stringify(text),
    `"${[...text].map((letter) => escaped(letter)).join("")}"`,
  ];
  const found = (text: string) =>
    spellings(text).map((json) => rules.matchJson(Buffer.from(`{"a":${json},"b":[null,${json}]}`)));
  for (const [i, text] of texts.entries()) expect(found(text)).toEqual([[`r${i}`], [`r${i}`]]);
  for (let i = 0; i < texts.length; i += 2) rules.delete(`r${i}`);
  for (const [i, text] of texts.entries())
    expect(found(text)).toEqual(i % 2 === 0 ? [[], []] : [[`r${i}`], [`r${i}`]]);
  expect(found("text-1000")).toEqual([[], []]);
});

/** A character as the escapes of its UTF-16 units. */
const escaped = (letter: string): string =>
  Array.from(
    { length: letter.length },
    (_, i) => `\\u${letter.charCodeAt(i).toString(16).padStart(4, "0")}`,
  ).join("");
