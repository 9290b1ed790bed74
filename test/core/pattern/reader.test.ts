import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Facts } from "../../../src/core/pattern/match/facts.ts";
import { Paths } from "../../../src/core/pattern/match/paths.ts";
import { Engine, most } from "../../../src/core/pattern/scan/engine.ts";
import { layOutTree } from "../../../src/core/pattern/scan/tree.ts";
import { Walker } from "../../../src/core/pattern/scan/walk.ts";
import { Value } from "../../../src/core/pattern/value/value.ts";

const encoder = new TextEncoder();
const paths = new Paths();
for (const path of [
  "a",
  "b.c",
  "b.d.e",
  "list",
  "list.x",
  "list.y.z",
  "ä",
  "a key of more than sixteen bytes.é",
  "\ud800",
])
  paths.add(path);
const engine = new Engine();
engine.plant(layOutTree(paths, engine.treeAddress, most.tree)!, 0);

/** Everything that has been found, and where reading ended; or the word for what could not be read. */
function findingsOf(facts: Facts): unknown {
  const { first, next, place, outer, array, index } = facts.columns;
  const value = new Value();
  const placeOf = (p: number): unknown[] => (p === 0 ? [] : [array[p], index[p], placeOf(outer[p]!)]);
  return paths.names.map((name, path) => {
    const found: unknown[] = [name];
    for (let i = first[path]!; i >= 0; i = next[i]!) {
      const { kind, text, double, isPlain, start, end } = facts.read(i, value);
      found.push({ kind, text, double, isPlain, start, end, place: placeOf(place[i]!) });
    }
    return found;
  });
}

const walked = new Facts();
const walker = new Walker(paths, walked);
const taken = new Facts();

/** By what is written in TypeScript, and by the WebAssembly, which may leave an event to the other. */
function readTwice(bytes: Uint8Array, isTrusted = false): { slow: unknown; quick: unknown } {
  let slow: unknown = "refused";
  try {
    walked.reset(bytes, paths.names.length);
    walker.walk(bytes, 0, bytes.length, isTrusted);
    slow = findingsOf(walked);
  } catch {
    // What is refused has no findings.
  }
  engine.bytes.set(bytes);
  if (!engine.walk(bytes.length, isTrusted)) return { slow, quick: "left" };
  taken.take(engine);
  return { slow, quick: findingsOf(taken) };
}

const key = fc.constantFrom(
  "a",
  "b",
  "c",
  "d",
  "e",
  "x",
  "y",
  "z",
  "list",
  "ä",
  "é",
  "other",
  "a key of more than sixteen bytes",
);
const leaf = fc.oneof(
  fc.constantFrom(null, true, false, 0, -0, 12.5, -122.4230129, 1e-7, 1e21, 9_007_199_254_740_991),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ maxLength: 40 }),
);
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 5 }),
  ),
}));
const event = fc
  .tuple(fc.dictionary(key, anyValue!, { minKeys: 2, maxKeys: 8 }), fc.constantFrom(0, 1, 2))
  .map(([object, indent]) => JSON.stringify(object, null, indent));

describe("the two ways of reading an event", () => {
  it.each([false, true])("find the same in what is well-formed; trusted: %s", (isTrusted) => {
    fc.assert(
      fc.property(event, (text) => {
        const { slow, quick } = readTwice(encoder.encode(text), isTrusted);
        expect(quick).toEqual(slow);
      }),
      { numRuns: 1500 },
    );
  });

  it("find the same, or leave it, when a byte is changed or the end is missing", () => {
    const bytes = fc.oneof(fc.constantFrom(...encoder.encode('"\\{}[],:0.eE+-tnu \n/')), fc.nat(255));
    fc.assert(
      fc.property(event, fc.nat(), bytes, fc.nat(400), (text, at, byte, missing) => {
        const changed = encoder.encode(text);
        changed[at % changed.length] = byte;
        const { slow, quick } = readTwice(changed.subarray(0, Math.max(1, changed.length - missing)));
        if (quick !== "left") expect(quick).toEqual(slow);
      }),
      { numRuns: 4000 },
    );
  });

  it.each(["a", "other"])(
    "agree on every pair of bytes in a string, and on every byte in a number, of %s",
    (name) => {
      const wrong: unknown[] = [];
      for (let a = 0; a < 256; a++)
        for (let b = 0; b < 256; b += a < 0x80 ? 16 : 1) {
          const text = encoder.encode(`{"${name}":["..?u0a9f","${"z".repeat(40)}",-12.]}`);
          const start = name.length + 7;
          text.set([a, b], start);
          text[text.length - 3] = b;
          const { slow, quick } = readTwice(text);
          if (quick !== "left" && JSON.stringify(quick) !== JSON.stringify(slow)) wrong.push([a, b]);
          if (slow !== "refused" && quick === "left") wrong.push([a, b, "left"]);
        }
      expect(wrong).toEqual([]);
    },
  );

  it.each([
    '{"b.c":1,"a":2}',
    '{"\\u0061":1}',
    '{"":1,"a":2}',
    // An unpaired surrogate has no UTF-8, and is not what a decoder puts in its place.
    '{"\ufffd":1}',
    '{"\\ud800":1}',
  ])("agree on %s, or one leaves it", (text) => {
    const { slow, quick } = readTwice(encoder.encode(text));
    if (quick !== "left") expect(quick).toEqual(slow);
  });

  it("agree on depth", () => {
    for (const depth of [1, 2, 99, 998, 999, 1000, 1001])
      for (const name of ["other", "list"]) {
        const text = `{"${name}":${"[".repeat(depth)}1${"]".repeat(depth)}}`;
        const { slow, quick } = readTwice(encoder.encode(text));
        expect(quick === "left" ? "refused" : quick).toEqual(slow);
      }
  });
});
