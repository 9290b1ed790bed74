import { describe, expect, it } from "vitest";
import { compilePattern, EventError } from "../../../src/core/pattern/index.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const pattern = compilePattern({ a: { b: ["x"] } });
const matches = (text: string | Uint8Array): boolean =>
  pattern.matchesJson(typeof text === "string" ? bytesOf(text) : text);

describe("the byte path", () => {
  it("reads an event in the middle of other bytes, where it is told", () => {
    const lines = bytesOf('{"a":{"b":"y"}}\n{"a":{"b":"x"}}\n{"a":');
    expect(pattern.matchesJson(lines, { start: 0, end: 15 })).toBe(false);
    expect(pattern.matchesJson(lines, { start: 16, end: 31 })).toBe(true);
    expect(() => pattern.matchesJson(lines, { start: 32, end: lines.length })).toThrow(EventError);
    expect(pattern.matchesJson(lines.subarray(16, 31))).toBe(true);
  });

  it("does not take bounds that the bytes do not have for an event, such as the rest of another", () => {
    const whole = bytesOf('{"c":"0123456789","a":{"b":"x"}}');
    for (let i = 0; i < 60; i++) pattern.matchesJson(whole);
    const part = whole.slice(0, 10);
    for (const [start, end] of [
      [0, whole.length],
      [-1, 5],
      [5, 4],
      [Number.NaN, 5],
    ] as const)
      expect(() => pattern.matchesJson(part, { start, end })).toThrow(RangeError);
  });

  it("does not read on behind the end that it is told, though the bytes go on", () => {
    const bytes = bytesOf('{"c":[1,{"d":2},"x"],"a":{"b":"x"}}');
    for (let end = 0; end < bytes.length; end++)
      expect(() => pattern.matchesJson(bytes, { start: 0, end }), `${end}`).toThrow(EventError);
  });

  it.each([
    ['{"c":[1,2,3,],"a":{"b":"x"}}', "a comma too many", 12],
    ['{"a":{"b":"x"},"c":tru}', "half a word", 22],
    ['{"a":{"b":"x"},"c":01}', "a zero in front", 20],
    ['{"a":{"b":"x"},"c":1.}', "a point without digits", 21],
    ['{"a":{"b":"x"},"c":"\u0001"}', "a control character", 20],
    ['{"a":{"b":"x"},"c":"\\x"}', "an unknown escape", 21],
    ['{"a":{"b":"x"},"c":"\\u12g4"}', "a short escape", 24],
    ['{"a":{"b":"x"} "c":1}', "no comma", 15],
    ['{"a":{"b":"x"},"c"1}', "no colon", 18],
    ['{"a":{"b":"x"},"c":[{"d":1]]}', "the wrong bracket", 26],
    ["[]", "an array", 0],
    ['"x"', "a string", 0],
    ["", "nothing", 0],
    ["\ufeff{}", "a byte order mark", 0],
  ])("%s is refused for %s, with the offset", (text, _, offset) => {
    const refusal = catching(() => matches(text));
    expect(refusal).toBeInstanceOf(EventError);
    expect(refusal).toMatchObject({ offset });
  });

  it.each([
    [[0xff], "a byte that never stands in UTF-8"],
    [[0xc0, 0x80], "an overlong form"],
    [[0xe0, 0x80, 0x80], "a longer overlong form"],
    [[0xed, 0xa0, 0x80], "a surrogate"],
    [[0xf5, 0x80, 0x80, 0x80], "what lies above U+10FFFF"],
    [[0xe2, 0x82], "half a character"],
  ])("%j in a string is refused: %s", (bad) => {
    for (const where of ["key", "field", "elsewhere", "deep"]) {
      const [before, after] = {
        key: ['{"', '":1}'],
        field: ['{"a":{"b":"', '"}}'],
        elsewhere: ['{"c":"', '"}'],
        deep: ['{"c":[{"d":"', '"}]}'],
      }[where] as [string, string];
      const bytes = Uint8Array.from([...bytesOf(before), ...bad, ...bytesOf(after)]);
      expect(
        catching(() => matches(bytes)),
        where,
      ).toBeInstanceOf(EventError);
    }
  });

  it("takes what follows the event for none of its business", () => {
    expect(matches('{"a":{"b":"x"}} {"a"')).toBe(true);
  });

  it("counts every one of several equal keys, unless it is told to trust the event", () => {
    const twice = '{"a":{"b":"x"},"a":{"b":"y"}}';
    expect(matches(twice)).toBe(true);
    expect(matches('{"a":{"b":"y"},"a":{"b":"x"}}')).toBe(true);
  });

  it("stops reading a trusted event when the answer is known", () => {
    const broken = bytesOf('{"z":1,"a":{"b":"x","c":2},"d":[}');
    expect(pattern.matchesJson(broken, { trusted: true })).toBe(true);
    expect(() => pattern.matchesJson(broken)).toThrow(EventError);
  });

  it("takes a byte order mark inside a text for a part of it", () => {
    expect(matches('{"\ufeffa":{"b":"x"}}')).toBe(false);
    const folded = compilePattern({ f: [{ "equals-ignore-case": "é" }] });
    expect(folded.matchesJson(bytesOf('{"f":"É"}'))).toBe(true);
    expect(folded.matchesJson(bytesOf('{"f":"\ufeffé"}'))).toBe(false);
    expect(compilePattern({ f: ["10.0.0.1"] }).matchesJson(bytesOf('{"f":"\ufeff10.0.0.1"}'))).toBe(false);
  });

  it("finds a key that is spelt with escapes", () => {
    expect(matches('{"\\u0061":{"\\u0062":"\\u0078"}}')).toBe(true);
  });

  it("takes 1,000 levels and no more, in the fields that it reads and in those that it passes over", () => {
    const nested = (open: string, close: string, depth: number): string =>
      `${open.repeat(depth)}1${close.repeat(depth)}`;
    for (const key of ["a", "c"]) {
      expect(matches(`{"${key}":${nested("[", "]", 999)}}`)).toBe(false);
      expect(() => matches(`{"${key}":${nested("[", "]", 1000)}}`)).toThrow(EventError);
      expect(() => matches(`{"${key}":${nested("[", "]", 1_000_000)}}`)).toThrow(EventError);
      expect(() => matches(`{"${key}":${'{"a":'.repeat(200_000)}`)).toThrow(EventError);
    }
  });

  it("counts the levels around what it passes over, and says that it is too deep", () => {
    const within = (arrays: number, item: string): string =>
      `{"a":${"[".repeat(arrays)}{"c":${item}}${"]".repeat(arrays)}}`;
    expect(matches(within(997, "[]"))).toBe(false);
    for (const text of [within(998, "[]"), within(998, "{}"), within(997, "[[]]"), within(999, "1")])
      expect(() => matches(text)).toThrow("objects and arrays are nested more than 1000 deep");
  });

  it("takes an object of any depth", () => {
    let deep: unknown = "x";
    for (let i = 0; i < 200_000; i++) deep = [deep];
    expect(compilePattern({ a: ["x"] }).matches({ a: deep })).toBe(true);
  });

  it("sees an object as JSON.stringify would write it", () => {
    const asked = ["1", "null", '"x"', "true", '{"exists":true}', '"1970-01-01T00:00:00.000Z"'].map(
      (matcher) => compilePattern(`{"a":[${matcher}]}`),
    );
    const given = [
      ...[() => 1, Symbol("x"), undefined, Number.NaN, new Date(0), new Date(Number.NaN), new String("x")],
      ...[new Number(1), new Boolean(true), new Map(), Object.assign(() => 2, { toJSON: () => 1 })],
      ...[{ toJSON: (key: string) => (key === "a" ? new String("x") : null) }, { toJSON: () => undefined }],
    ];
    const events = given.flatMap((value) => [{ a: value }, { a: [value] }, { toJSON: () => ({ a: value }) }]);
    for (const event of events)
      for (const it of asked)
        expect([event, it.source, it.matches(event)]).toEqual([
          event,
          it.source,
          it.matchesJson(bytesOf(JSON.stringify(event))),
        ]);
    for (const event of [new Date(0), { toJSON: () => undefined }, [1]])
      expect(() => pattern.matches(event)).toThrow(EventError);
  });

  it("takes 1,000 digits and no more, and does not count those in strings", () => {
    const digits = "1".repeat(1001);
    expect(matches(`{"c":"${digits}${digits}"}`)).toBe(false);
    expect(matches(`{"c":${digits.slice(1)}}`)).toBe(false);
    expect(() => matches(`{"c":${digits}}`)).toThrow(EventError);
    expect(() => matches(`{"c":"${digits}","d":[0.${digits}]}`)).toThrow(EventError);
  });

  it("keeps the digits of whole numbers that no double can hold", () => {
    const big = compilePattern('{"n":[9007199254740993]}');
    expect(big.matchesJson(bytesOf('{"n":9007199254740993}'))).toBe(true);
    expect(big.matchesJson(bytesOf('{"n":9007199254740992}'))).toBe(false);
    expect(big.matches({ n: 9007199254740993n })).toBe(true);
  });

  it("looks at a number beside an address, in whichever order they are listed", () => {
    const ways = (number: string): boolean[] =>
      [`${number},"10.0.0.1"`, `"10.0.0.1",${number}`].map((list) =>
        compilePattern(`{"n":[${list}]}`).matchesJson(bytesOf(`{"n":${number}}`)),
      );
    expect(ways("9007199254740993")).toEqual([true, true]);
    expect(ways("0.5")).toEqual([true, true]);
    // The service turns a float into a double first, and then it is not what the pattern says; alone, neither.
    expect(ways("0.1234567890123456789")).toEqual([false, false]);
  });

  it("is not slowed down by arrays that could be combined in very many ways", () => {
    const item = (v: number): object => ({ a: v });
    const arrays = Object.fromEntries(
      ["p", "q", "r", "s", "t"].map((k) => [k, Array.from({ length: 60 }, () => item(1))]),
    );
    const parts = Object.fromEntries(["p", "q", "r", "s", "t"].map((k) => [k, { a: [1] }]));
    const all = compilePattern({ x: { ...parts, z: [2] } });
    expect(
      all.matchesJson(
        bytesOf(
          JSON.stringify({
            x: [
              { ...arrays, z: 1 },
              { ...arrays, z: 3 },
            ],
          }),
        ),
      ),
    ).toBe(false);
    expect(
      all.matchesJson(
        bytesOf(
          JSON.stringify({
            x: [
              { ...arrays, z: 1 },
              { ...arrays, z: 2 },
            ],
          }),
        ),
      ),
    ).toBe(true);
  });
});

function catching(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return error;
  }
}
