import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planBatches } from "../../../src/core/event/batch.ts";
import { billedUnits, entryBytes, utf8Bytes } from "../../../src/core/event/size.ts";

const sum = (batch: readonly { bytes: number }[]) => batch.reduce((total, { bytes }) => total + bytes, 0);

describe("batches", () => {
  it("are ten entries, in order", () => {
    const items = Array.from({ length: 23 }, (_, i) => ({ bytes: 5, i }));
    const batches = planBatches(items);
    expect(batches.map((batch) => batch.length)).toEqual([10, 10, 3]);
    expect(batches.flat()).toEqual(items);
  });

  it("stay below the byte limit, which is exclusive", () => {
    const limits = { entries: 10, requestBytes: 100 };
    const sizes = (...bytes: number[]) =>
      planBatches(
        bytes.map((b) => ({ bytes: b })),
        limits,
      ).map(sum);
    expect(sizes(50, 49, 1)).toEqual([99, 1]);
    expect(sizes(50, 50)).toEqual([50, 50]);
    expect(sizes(99, 99, 99)).toEqual([99, 99, 99]);
  });

  it("never break a limit, lose an item, or could have taken the next one", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 99 }), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 10 }), (all, entries) => {
        const batches = planBatches(
          all.map((bytes, i) => ({ bytes, i })),
          { entries, requestBytes: 100 },
        );
        expect(batches.flat().map(({ i }) => i)).toEqual(all.map((_, i) => i));
        batches.forEach((batch, at) => {
          expect(batch.length).toBeLessThanOrEqual(entries);
          expect(sum(batch)).toBeLessThan(100);
          const next = batches[at + 1]?.[0];
          if (next) expect(batch.length === entries || sum(batch) + next.bytes >= 100).toBe(true);
        });
      }),
    );
  });
});

describe("sizes", () => {
  it("count UTF-8 of source, type, detail and resources, and 14 for a time", () => {
    const entry = { source: "é", detailType: "日", detail: '{"a":"😀"}', resources: ["ab", "c"] };
    expect(entryBytes(entry)).toBe(2 + 3 + 12 + 3);
    expect(entryBytes({ ...entry, time: 1, bus: "not-counted", traceHeader: "neither" })).toBe(34);
  });

  it("are those of the encoder, for short and for long texts", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => utf8Bytes(text) === Buffer.byteLength(text)),
    );
    expect(utf8Bytes("é".repeat(200_000))).toBe(400_000);
  });

  it.each([
    [1, 1],
    [65_536, 1],
    [65_537, 2],
    [1_048_575, 16],
  ])("%d bytes are billed as %d", (bytes, units) => {
    expect(billedUnits(bytes)).toBe(units);
  });
});
