import fc from "fast-check";
import { describe, it } from "vitest";
import { compilePattern, EventError, RuleSet } from "../../../src/core/pattern/index.ts";

const runs = { numRuns: 150 };
const bytesOf = (event: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(event));

/** Few keys and few texts, so that patterns and events meet often. */
const key = fc.constantFrom("a", "b", "c", "a.b", "Z");
const text = fc.constantFrom(
  "",
  "a",
  "A",
  "ab",
  "Ab",
  "abc",
  "b",
  "1",
  "10.0.0.1",
  "é",
  "ß",
  'q"',
  "\\",
  "😀",
  "a*b",
);
const number = fc.constantFrom(0, 1, -1, 1.5, 300, 0.1, 1e21, 9007199254740992, -122.42916360922355);
const scalar = fc.oneof(text, number, fc.constantFrom(true, false, null));

const event = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    tie("object"),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
  object: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
})).object;

const texts = fc.array(text, { minLength: 1, maxLength: 3 });
const nonEmpty = fc.constantFrom("a", "A", "ab", "b", "1", "é");
const nonEmpties = fc.oneof(nonEmpty, fc.array(nonEmpty, { minLength: 1, maxLength: 3 }));
const matcher = fc.oneof(
  scalar,
  fc.record({ prefix: text }),
  fc.record({ suffix: text }),
  fc.record({ prefix: fc.record({ "equals-ignore-case": text }) }),
  fc.record({ "equals-ignore-case": text }),
  fc.record({ wildcard: fc.constantFrom("*", "a*", "*b", "a*b", "\\*", "x") }),
  fc.record({ numeric: fc.constantFrom(["=", 1], [">", 0], ["<=", 1.5], [">=", 0, "<", 300]) }),
  fc.record({ cidr: fc.constantFrom("10.0.0.0/8", "::/0") }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ exactly: text }),
  fc.record({ "anything-but": fc.oneof(text, number, texts) }),
  fc.record({ suffix: fc.record({ "equals-ignore-case": text }) }),
  fc.record({ "anything-but": fc.record({ prefix: nonEmpties }) }),
  fc.record({ "anything-but": fc.record({ suffix: nonEmpties }) }),
  fc.record({ "anything-but": fc.record({ "equals-ignore-case": texts }) }),
  fc.record({
    "anything-but": fc.record({ wildcard: fc.constantFrom("*", "a*", "*b", "A*b", "x", ["a*", "*c"]) }),
  }),
);
const leaf = fc.array(matcher, { minLength: 1, maxLength: 3 });

const pattern = fc.letrec<{ node: Record<string, unknown> }>((tie) => ({
  node: fc.dictionary(key, fc.oneof({ depthSize: "small" }, leaf, tie("node")), { minKeys: 1, maxKeys: 3 }),
})).node;

const withOr = fc
  .tuple(pattern, fc.array(pattern, { minLength: 2, maxLength: 3 }))
  .map(([base, alternatives]) => ({ base, alternatives, all: { ...base, $or: alternatives } }));

/** A pattern, or nothing where the service would refuse it. */
function compiled(source: object): ReturnType<typeof compilePattern> | undefined {
  try {
    return compilePattern(source);
  } catch {
    return undefined;
  }
}

describe("patterns and events of all kinds", () => {
  it("the byte path answers as the object path", () => {
    fc.assert(
      fc.property(withOr, event, ({ all }, given) => {
        const it = compiled(all);
        return it === undefined || it.matches(given) === it.matchesJson(bytesOf(given));
      }),
      runs,
    );
  });

  it("white space and escapes change nothing", () => {
    fc.assert(
      fc.property(pattern, event, (source, given) => {
        const escaped = JSON.stringify(given, null, 2)
          .replace(/(?<!\\)a/g, "\\u0061")
          .replaceAll("true", "true");
        // `false` and `null` hold an a or not; only texts may be escaped.
        const text = escaped.replaceAll("f\\u0061lse", "false");
        const it = compiled(source);
        return it === undefined || it.matches(given) === it.matchesJson(new TextEncoder().encode(text));
      }),
      runs,
    );
  });

  it("what a pattern prints means the same", () => {
    fc.assert(
      fc.property(withOr, event, ({ all }, given) => {
        const it = compiled(all);
        if (it === undefined) return true;
        const printed = it.branches.map((branch) => {
          const fields = branch.map(
            ({ path, matchers }) => `${JSON.stringify(path)}:[${matchers.map((m) => m.print()).join()}]`,
          );
          return compilePattern(`{${fields.join()}}`);
        });
        return it.matches(given) === printed.some((branch) => branch.matches(given));
      }),
      runs,
    );
  });

  it("$or is the union of its alternatives", () => {
    fc.assert(
      fc.property(withOr, event, ({ base, alternatives, all }, given) => {
        const it = compiled(all);
        if (it === undefined) return true;
        // An alternative's list stands in place of one before it, as the last list of a path does.
        const each = alternatives.map(
          (one) => `${JSON.stringify(base).slice(0, -1)},${JSON.stringify(one).slice(1)}`,
        );
        return it.matches(given) === each.some((source) => compilePattern(source).matches(given));
      }),
      runs,
    );
  });

  it("one more field never adds a match, unless it is about absence", () => {
    const present = fc.dictionary(key, fc.array(scalar, { minLength: 1, maxLength: 2 }), {
      minKeys: 1,
      maxKeys: 2,
    });
    fc.assert(
      fc.property(present, scalar, event, (source, more, given) => {
        const both = compilePattern({ ...source, y: [more] });
        return !both.matches({ ...given, y: more }) || compilePattern(source).matches(given);
      }),
      runs,
    );
  });

  it("anything-but is the negation where the field is one value", () => {
    fc.assert(
      fc.property(
        fc.oneof(texts, fc.array(number, { minLength: 1, maxLength: 3 })),
        scalar,
        (listed, found) => {
          const isListed = compilePattern({
            f: listed.map((one) => (typeof one === "string" ? { exactly: one } : one)),
          });
          const isOther = compilePattern({ f: [{ "anything-but": listed }] });
          return isListed.matches({ f: found }) !== isOther.matches({ f: found });
        },
      ),
      runs,
    );
  });

  it("a rule set answers as its rules one by one, also when some have gone", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 8 }), event, fc.nat(), (sources, given, seed) => {
        const rules = new RuleSet();
        const alone = new Map<string, ReturnType<typeof compilePattern>>();
        for (const [i, source] of sources.entries()) {
          const it = compiled(source);
          if (it === undefined) continue;
          rules.add(`r${i}`, it);
          alone.set(`r${i}`, it);
        }
        for (const name of [...alone.keys()])
          if ((seed >> Number(name.slice(1))) & 1 && rules.delete(name)) alone.delete(name);
        const wanted = [...alone].filter(([, it]) => it.matches(given)).map(([name]) => name);
        const found = [rules.match(given), rules.matchJson(bytesOf(given))];
        return found.every((names) => names.join() === wanted.join());
      }),
      runs,
    );
  });

  it("a text is refused exactly where JSON.parse refuses it, whatever the pattern looks at", () => {
    fc.assert(
      fc.property(
        event,
        fc.nat(),
        fc.constantFrom("", "}", "]", ",", '"', "0", "e", "\\", "x", "\u0001", " "),
        pattern,
        (given, at, put, source) => {
          const whole = JSON.stringify({ a: given, b: [1.5, "x", { c: null }] });
          const from = at % whole.length;
          const text = whole.slice(0, from) + put + whole.slice(from + (at % 3 === 0 ? 1 : 0));
          const it = compiled(source);
          return (
            it === undefined ||
            refuses(() => it.matchesJson(new TextEncoder().encode(text))) === !isPrefixed(text)
          );
        },
      ),
      { numRuns: 600 },
    );
  });
});

function refuses(ask: () => unknown): boolean {
  try {
    ask();
    return false;
  } catch (error) {
    if (error instanceof EventError) return true;
    throw error;
  }
}

/** Whether the text begins with a JSON object: what follows it is not looked at. */
function isPrefixed(text: string): boolean {
  for (let end = text.length; end > 0; end--) {
    if (text[end - 1] !== "}") continue;
    try {
      const value: unknown = JSON.parse(text.slice(0, end));
      return typeof value === "object" && value !== null && !Array.isArray(value);
    } catch {
      // A shorter beginning may do.
    }
  }
  return false;
}
