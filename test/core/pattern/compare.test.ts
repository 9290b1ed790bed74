import fc from "fast-check";
import { expect, it } from "vitest";
import { canonical, compilePattern, findNever, implies, mayMeet } from "../../../src/core/pattern/index.ts";

const literal = fc.constantFrom<unknown>("a", "ab", "abc", "b", 1, 2, 3, true, null);
const matcher = fc.oneof(
  { weight: 4, arbitrary: literal },
  fc.constantFrom<unknown>(
    { prefix: "a" },
    { prefix: "ab" },
    { suffix: "c" },
    { suffix: "bc" },
    { exists: true },
    { exists: false },
    { "anything-but": "a" },
    { numeric: [">", 1] },
    { wildcard: "a*c" },
    { "equals-ignore-case": "AB" },
  ),
);
const list = fc.array(matcher, { minLength: 1, maxLength: 3 });
const fields = fc.dictionary(fc.constantFrom("x", "y", "z"), list, { minKeys: 1, maxKeys: 3 });
const pattern = fc.oneof(
  fields,
  fc.tuple(fields, fields).map(([one, other]) => ({ $or: [one, other] })),
);
const value = fc.oneof(literal, fc.array(literal, { maxLength: 2 }));
const event = fc.dictionary(fc.constantFrom("x", "y", "z"), value);

it("what a pattern implies, it implies for every event", () => {
  let sure = 0;
  fc.assert(
    fc.property(pattern, pattern, fc.array(event, { maxLength: 12 }), (one, other, events) => {
      const [a, b] = [compilePattern(one), compilePattern(other)];
      if (!implies(a, b)) return;
      sure++;
      for (const given of events) if (a.matches(given)) expect(b.matches(given)).toBe(true);
    }),
    { numRuns: 2000, seed: 7 },
  );
  expect(sure).toBeGreaterThan(50);
});

it("a pattern implies itself, and has one text", () => {
  fc.assert(
    fc.property(pattern, (given) => {
      const [a, b] = [compilePattern(given), compilePattern(given)];
      expect([implies(a, b), canonical(a) === canonical(b)]).toEqual([true, true]);
    }),
    { numRuns: 200, seed: 7 },
  );
});

it("patterns that cannot meet have no event in common, as long as no field is an array", () => {
  let apart = 0;
  const plainEvent = fc.dictionary(fc.constantFrom("x", "y", "z"), literal);
  fc.assert(
    fc.property(pattern, pattern, fc.array(plainEvent, { maxLength: 12 }), (one, other, events) => {
      const [a, b] = [compilePattern(one), compilePattern(other)];
      if (mayMeet(a, b)) return;
      apart++;
      for (const given of events) expect(a.matches(given) && b.matches(given)).toBe(false);
    }),
    { numRuns: 2000, seed: 7 },
  );
  expect(apart).toBeGreaterThan(50);
});

it("a pattern that can never match matches no whole event", () => {
  const never = (given: object) => findNever(compilePattern(given).branches).length > 0;
  expect(never({ source: [{ numeric: [">", 1] }] })).toBe(true);
  expect(never({ detail: { x: [{ numeric: [">", 5, "<", 5.000000000000001] }] } })).toBe(true);
  expect(never({ "detail-type": [null, "Paid"] })).toBe(false);
  // An array may hold both.
  const both = { detail: { x: ["a"], "x.y": ["b"] } };
  expect(compilePattern(both).matches({ detail: { x: ["a", { y: "b" }] } })).toBe(true);
  expect(never(both)).toBe(false);
  expect(never({ detail: { x: [{ exists: false }], "x.y": ["b"] } })).toBe(false);
  expect(never({ resources: [{ prefix: "arn:" }], "replay-name": [{ exists: false }] })).toBe(false);
});
