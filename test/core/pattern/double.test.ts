import fc from "fast-check";
import { expect, it } from "vitest";
import { DecimalReader } from "../../../src/core/pattern/scan/double.ts";

const parse = (text: string): number => {
  const bytes = new TextEncoder().encode(`[${text}]`);
  const reader = new DecimalReader();
  const double = reader.read(bytes, 1, bytes.length - 1);
  if (!Number.isNaN(double)) expect(reader.end).toBe(bytes.length - 1);
  return double;
};

it("rounds every number of everyday length as the language does", () => {
  const digits = fc.stringMatching(/^(0|[1-9][0-9]{0,11})(\.[0-9]{1,16})?$/);
  fc.assert(
    fc.property(digits, fc.boolean(), (text, isNegative) => {
      const written = isNegative ? `-${text}` : text;
      const double = parse(written);
      return Number.isNaN(double) || Object.is(double, Number(written));
    }),
    { numRuns: 20_000 },
  );
});

it.each([
  ["-122.42916360922355"],
  ["37.729900216217324"],
  ["0"],
  ["-0.0"],
  ["0.1"],
  ["9007199254740.993"],
  ["301.8"],
])("takes %s the short way", (text) => {
  expect(parse(text)).toBe(Number(text));
});

it.each([
  ["1e5"],
  ["1.5E-7"],
  ["12345678901234567890"],
  ["01"],
  ["-"],
  ["1."],
  ["."],
  ["1.2e3"],
  ["0.12345678901234567890123"],
])("leaves %s to others", (text) => {
  expect(parse(text)).toBeNaN();
});
