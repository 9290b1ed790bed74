import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePattern } from "../../../src/core/pattern/index.ts";
import { runEvb } from "../../world.ts";

const state = fc.constantFrom("ACTIVE", "CLOSED", "a/b", "é", 'say "x"', "Infinity");

/** Patterns that demand a literal, and such as seem to. */
const patterns = [
  { detail: { state: ["ACTIVE"] } },
  { detail: { state: ["ACTIVE", "a/b"] } },
  { detail: { state: ["é"] } },
  { detail: { state: ['say "x"'] } },
  { detail: { state: ["Infinity"] } },
  { detail: { state: [{ prefix: "ACT" }] } },
  { detail: { state: [{ prefix: 'ACTIVE"' }] } },
  { detail: { state: [{ suffix: "b" }, "CLOSED"] } },
  { detail: { state: [{ "equals-ignore-case": "active" }] } },
  { detail: { state: [{ "anything-but": "ACTIVE" }] } },
  { detail: { state: [{ exists: false }] } },
  { detail: { state: [{ wildcard: "A*E" }] } },
  { detail: { n: [1.5], state: ["ACTIVE", null] } },
  { detail: { n: [1.5], state: ["CLOSED"] } },
  { source: ["shop"], detail: { state: ["ACTIVE"] } },
  { $or: [{ source: ["shop"] }, { detail: { state: ["ACTIVE"] } }] },
  { $or: [{ source: ["shop"] }, { detail: { n: [{ numeric: [">", 1] }] } }] },
];

/** Each character as it is, or escaped. */
const spelling = (text: string) =>
  fc.array(fc.boolean(), { minLength: text.length, maxLength: text.length }).map((escaped) =>
    [...text]
      .map((character, i) => {
        const hex = `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
        if (escaped[i]) return character === "/" ? "\\/" : hex;
        return JSON.stringify(character).slice(1, -1);
      })
      .join(""),
  );

const spelt = state.chain((text) => fc.oneof(fc.constant(JSON.stringify(text).slice(1, -1)), spelling(text)));

const event = fc
  .record({
    state: fc.oneof(
      { weight: 4, arbitrary: spelt.map((text) => `"${text}"`) },
      fc.constantFrom("null", "1e400", "[]"),
    ),
    n: fc.constantFrom("1.5", "15e-1", "1.50", "2"),
    source: fc.constantFrom("shop", "sh\\u006fp", "stock"),
    space: fc.constantFrom("", " ", "\t"),
  })
  .chain(({ state, n, source, space }) =>
    fc.constantFrom(
      `{"source":${space}"${source}","detail":{"n":${n},"state":${space}${state}}}`,
      `${space}{"detail":{"n":${n}},"source":"${source}"}${space}`,
      `{"detail":{"state":[${state},"x"]}}\r`,
      `{"note":"}{","detail":{"state":${state}}}`,
    ),
  );

const notEvent = fc.oneof(
  event.map((text) => `${text.trim()}${text.trim()}`),
  event.map((text) => text.slice(0, text.lastIndexOf("}"))),
  event.map((text) => `${text} x`),
  fc.constantFrom("1", '"ACTIVE"', "[]", "ACTIVE", '{"detail":{"state":"ACTIVE}}'),
);

const line = fc.oneof(
  { weight: 6, arbitrary: event },
  { weight: 1, arbitrary: notEvent },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "\r") },
);

/** What should come out, line by line and without any haste. */
function expected(text: string, pattern: object, invert: boolean) {
  const compiled = compilePattern(pattern);
  const out: string[] = [];
  const broken: number[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    let event: unknown;
    try {
      event = JSON.parse(line);
    } catch {}
    if (typeof event !== "object" || event === null || Array.isArray(event)) broken.push(i + 1);
    else if (compiled.matchesJson(Buffer.from(line)) !== invert) out.push(`${line}\n`);
  }
  return { out: out.join(""), broken };
}

const chunked = (text: string, sizes: readonly number[]): Uint8Array[] => {
  const bytes = Buffer.from(text);
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
};

const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });
const ending = fc.constantFrom("", "\n", "\n\n");

const grep = async (pattern: object, stdin: readonly Uint8Array[], ...flags: string[]) => {
  const argv = ["test-pattern", "-p", JSON.stringify(pattern), "--print", ...flags];
  const { out, err } = await runEvb(argv, { stdin });
  return { out, broken: [...err.matchAll(/^evb: error: standard input:(\d+)/gm)].map(([, n]) => Number(n)) };
};

describe("a grep for events", () => {
  it("says what a reader would that takes line by line, whatever the chunks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...patterns),
        event,
        fc.array(line, { maxLength: 12 }),
        ending,
        sizes,
        fc.boolean(),
        async (pattern, first, lines, end, sizes, invert) => {
          const text = [first, ...lines].join("\n") + end;
          const found = await grep(pattern, chunked(text, sizes), ...(invert ? ["--invert"] : []));
          expect(found).toEqual(expected(text, pattern, invert));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("says the same of events that are known to be valid, of which it passes over most", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...patterns),
        fc.array(event, { minLength: 1, maxLength: 12 }),
        ending,
        sizes,
        fc.boolean(),
        async (pattern, lines, end, sizes, invert) => {
          const text = lines.join("\n") + end;
          const found = await grep(pattern, chunked(text, sizes), "--trust", ...(invert ? ["--invert"] : []));
          expect(found).toEqual(expected(text, pattern, invert));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("finds entries of PutEvents, in which the literal is escaped once more", async () => {
    const entry = JSON.stringify({
      Source: "shop",
      DetailType: "Order",
      Detail: JSON.stringify({ state: 'say "x"' }),
    });
    const pattern = { detail: { state: ['say "x"'] } };
    for (const flags of [[], ["--trust"]])
      expect(await grep(pattern, chunked(`${entry}\n`, [50]), ...flags)).toEqual({
        out: `${entry}\n`,
        broken: [],
      });
  });

  it("finds a text that the engine sees in another way than it is written", async () => {
    for (const matcher of [{ prefix: "\ud800x" }, { suffix: "\udc00x" }])
      expect(await grep({ a: [matcher] }, chunked('{"a":"?x"}\n', [50]), "--trust")).toEqual({
        out: '{"a":"?x"}\n',
        broken: [],
      });
  });
});
