import { describe, expect, it } from "vitest";
import { compilePattern, PatternError } from "../../../src/core/pattern/index.ts";

function refusalOf(source: string): PatternError {
  try {
    compilePattern(source);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  throw new Error(`accepted: ${source}`);
}

const tooComplex =
  "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character";
const isRefused = (matchers: readonly unknown[]): boolean => {
  try {
    compilePattern({ f: matchers });
    return false;
  } catch (error) {
    expect((error as PatternError).message).toBe(tooComplex);
    return true;
  }
};
const wildcards = (...words: string[]): object[] => words.map((wildcard) => ({ wildcard }));

describe("the place of a refusal", () => {
  it("is written as AWS writes it", () => {
    const { message, line, column, awsMessage } = refusalOf('{\n "a": [{"prefx": "b"}]}');
    expect({ message, line, column }).toEqual({
      message: "Unrecognized match type prefx",
      line: 2,
      column: 19,
    });
    expect(awsMessage).toBe(
      `Unrecognized match type prefx\n at [Source: (String)"{\n "a": [{"prefx": "b"}]}"; line: 2, column: 19]`,
    );
  });

  it("is given twice inside a list of anything-but", () => {
    const { message, awsMessage } = refusalOf('{"a":[{"anything-but":[null]}]}');
    expect(message).toBe("Inside anything but list, start|null|boolean is not supported.");
    expect(awsMessage.match(/ at \[Source/g)).toHaveLength(2);
  });

  it("repeats a long pattern only in part", () => {
    const { awsMessage } = refusalOf(`{"a":["${"x".repeat(600)}"],"b":1}`);
    expect(awsMessage).toContain('"[truncated 116 chars]; line: 1, column: 616]');
  });

  it.each([
    ['{"a":01}', "Unexpected"],
    ['{"a":1.}', "Unexpected"],
    ['{"a":1.5e}', "Unexpected"],
    ['{"a":truex}', "Unexpected"],
    ["1,", "Unexpected"],
    ['{"a":1.5.5}', '"a" must be an object or an array', 1, 9],
    ["1 2", "Filter is not an object", 1, 3],
    ["1\n2", "Filter is not an object", 2, 1],
    ["1\r\n2", "Filter is not an object", 1, 2],
    ["true x", "Filter is not an object", 1, 5],
  ])("%j: what is no JSON is not taken for a value", (source, words, line?: number, column?: number) => {
    const refusal = refusalOf(source);
    expect(refusal.message).toMatch(new RegExp(`^${words}`));
    if (line !== undefined) expect(refusal).toMatchObject({ line, column });
    expect(refusal.isOwn).toBe(line === undefined);
  });

  it("is that of the first fault, before what the engine finds when it takes the rule in", () => {
    const range = '[{"numeric":[">",1.7976931348623157e308]}]';
    const list = '[{"anything-but":{"prefix":[]}}]';
    for (const [matchers, fault] of [
      [range, "Numeric range beyond the largest double"],
      [list, "Empty list in anything-but prefix"],
    ] as const) {
      expect(refusalOf(`{"a":${matchers}}`)).toMatchObject({ message: fault, line: undefined });
      expect(refusalOf(`{"a":${matchers},"b":1}`).message).toBe('"b" must be an object or an array');
    }
  });

  it("is missing where the text of an address is at fault", () => {
    expect(refusalOf('{"a":[{"cidr":"10.0.0.0/32"}]}')).toMatchObject({
      message: "IPv4 mask bits must be < 32",
      line: undefined,
      awsMessage: "IPv4 mask bits must be < 32",
    });
  });
});

describe("what is too much", () => {
  it("is more than 1,000 combinations of $or, found without making them", () => {
    const or = (n: number, name: string): string =>
      `{"$or":[${Array.from({ length: n }, (_, i) => `{"${name}${i}":[1]}`).join()}]}`;
    expect(
      compilePattern(`{"x":${or(10, "a")},"y":${or(10, "b")},"z":${or(10, "c")}}`).branches,
    ).toHaveLength(1000);
    const many = Array.from({ length: 40 }, (_, i) => `"k${i}":${or(9, "a")}`).join();
    expect(refusalOf(`{${many}}`).message).toBe("Or operator is producing over 1000 rule combinations");
  });

  it("is more than 256 fields in one combination", () => {
    const fields = (n: number): object =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, [1]]));
    expect(compilePattern(fields(256)).branches[0]).toHaveLength(256);
    expect(refusalOf(JSON.stringify(fields(257))).message).toBe("Size of rule exceeds max value of 256");
  });

  it("is a pattern of more than 1,000 levels", () => {
    const deep = (n: number): string => `${'{"a":'.repeat(n)}[1]${"}".repeat(n)}`;
    expect(compilePattern(deep(999)).branches).toHaveLength(1);
    expect(refusalOf(deep(1000)).message).toMatch(/nesting depth/);
    expect(refusalOf(deep(100_000)).message).toMatch(/nesting depth/);
  });

  it.each([
    ["five stars with a letter each", wildcards("*m*m*m*m*m"), false],
    ["and a star behind them", wildcards("*m*m*m*m*m*"), true],
    ["nine times the same letter behind a star", wildcards("*ttttttttt"), false],
    ["and once more", wildcards("*tttttttttt"), true],
    [
      "ten patterns that are told apart before their star",
      wildcards(..."bcdefghijk".split("").map((c) => `${c}*z`)),
      false,
    ],
    ["and one more", wildcards(..."bcdefghijkl".split("").map((c) => `${c}*z`)), true],
    ["ten patterns without a star", wildcards(..."bcdefghijk".split("")), false],
    ["and one more", wildcards(..."bcdefghijkl".split("")), true],
    ["four times the same pattern", wildcards("*t*", "*t*", "*t*", "*t*"), false],
    ["and once more", wildcards("*t*", "*t*", "*t*", "*t*", "*t*"), true],
    [
      "a list of twelve in one anything-but",
      [{ "anything-but": { wildcard: "bcdefghijklm".split("").map((c) => `${c}*z`) } }],
      false,
    ],
    ["three characters of four bytes", wildcards("*🚀🚀🚀*"), false],
    ["nine of them", wildcards("*🚀🚀🚀🚀🚀🚀🚀🚀🚀*"), true],
  ])("counts wildcards: %s", (_, matchers, refused) => {
    expect(isRefused(matchers)).toBe(refused);
  });

  it("counts each field for itself, and the branches of an $or together", () => {
    const fields = Object.fromEntries("bcdefghijklm".split("").map((k) => [k, wildcards("*t*")]));
    expect(compilePattern(fields).branches).toHaveLength(1);
    const or = (n: number): object => ({
      $or: "bcdefghijklm"
        .split("")
        .slice(0, n)
        .map((c) => ({ f: wildcards(`${c}*z`) })),
    });
    expect(compilePattern(or(10)).branches).toHaveLength(10);
    expect(refusalOf(JSON.stringify(or(11))).message).toBe(tooComplex);
  });

  it("is found at once, however many wildcards there are", () => {
    const words = Array.from({ length: 200 }, (_, i) => `*${i}*${i}*${i}*`);
    expect(isRefused(wildcards(...words))).toBe(true);
  });
});

it("a number that JSON cannot write is refused in an object, too", () => {
  expect(() => compilePattern({ a: [Number.NaN] })).toThrow(PatternError);
});
