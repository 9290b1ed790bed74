import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContainerSkipper } from "../../../src/core/pattern/scan/container.ts";
import { skipByTable } from "../../../src/core/pattern/scan/skip.ts";

const encoder = new TextEncoder();
const behind = encoder.encode(`,"behind":[1,"\\"]`);
const skipper = new ContainerSkipper();

/** Both ways over the same bytes, with others before and behind them that must not be looked at. */
function skipTwice(text: Uint8Array, depth = 1000): { table: number; blocks: number } {
  const bytes = new Uint8Array(7 + text.length + behind.length);
  bytes.set(text, 7);
  bytes.set(behind, 7 + text.length);
  const end = 7 + text.length;
  skipper.begin(bytes, end);
  return { table: skipByTable(bytes, 7, end, depth), blocks: skipper.skip(7, depth) };
}

/** Long enough that the quick way is taken. */
const container = fc
  .tuple(
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom(0, 1, 2),
    fc.string({ unit: "grapheme", maxLength: 40 }),
  )
  .map(
    ([value, indent, text]) => `[${JSON.stringify([value, text, "x".repeat(130), -1.5e-7], null, indent)}]`,
  );

describe("the two ways over a container", () => {
  it("begin with a hundred containers by the table", () => {
    for (let i = 0; i < 120; i++)
      expect(skipTwice(encoder.encode(`{"a":"${"y".repeat(200)}"}`))).toEqual({ table: 215, blocks: 215 });
  });

  it("agree on what is well-formed", () => {
    fc.assert(
      fc.property(container, (text) => {
        const { table, blocks } = skipTwice(encoder.encode(text));
        return blocks === table && table === 7 + encoder.encode(text).length;
      }),
      { numRuns: 500 },
    );
  });

  it("agree on the fault when a byte is changed or the end is missing", () => {
    const bytes = fc.oneof(fc.constantFrom(...encoder.encode('"\\{}[],:0.eE+-tnu \n/')), fc.nat(255));
    fc.assert(
      fc.property(container, fc.nat(), bytes, fc.nat(400), (text, at, byte, missing) => {
        const changed = encoder.encode(text);
        changed[at % changed.length] = byte;
        const { table, blocks } = skipTwice(changed.subarray(0, Math.max(1, changed.length - missing)));
        return table === blocks;
      }),
      { numRuns: 4000 },
    );
  });

  it("agree on every pair of bytes in a string, and on every byte after a number", () => {
    const wrong: unknown[] = [];
    const pad = "z".repeat(140);
    for (let a = 0; a < 256; a++)
      for (let b = 0; b < 256; b += a < 0x80 ? 16 : 1) {
        const text = encoder.encode(`["..?u0a9f","${pad}",-12.]`);
        text.set([a, b], 2);
        text[text.length - 2] = b;
        const { table, blocks } = skipTwice(text);
        if (table !== blocks) wrong.push([a, b, table, blocks]);
      }
    expect(wrong).toEqual([]);
  });

  it("agree on depth", () => {
    for (const depth of [1, 2, 99, 100, 101, 1000]) {
      const { table, blocks } = skipTwice(encoder.encode(`${"[".repeat(100)}${"]".repeat(100)}`), depth);
      expect(blocks).toBe(table);
    }
  });
});
