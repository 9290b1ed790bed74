import fc from "fast-check";
import { expect, it } from "vitest";
import { IdMap } from "../../../src/core/redrive/id-map.ts";

const hex = (number: number): string => number.toString(16).padStart(8, "0");
/** Of few ids many begin at the same place of the table. */
const crowded = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }))
  .map(([first, last]) => `${hex(first)}-0000-4000-8000-0000${hex(last)}`);
const id = fc.oneof({ weight: 8, arbitrary: crowded }, fc.uuid(), fc.string());

it("is a Map of ids to numbers, whatever is deleted in between", () => {
  const change = fc.tuple(id, fc.option(fc.nat()));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
      const [ids, map] = [new IdMap(), new Map<string, number>()];
      for (const [key, number] of changes) {
        if (number === null) ids.delete(key);
        else ids.set(key, number);
        if (number === null) map.delete(key);
        else map.set(key, number);
      }
      expect(ids.size).toBe(map.size);
      expect([...ids.ids()].sort()).toEqual([...map.keys()].sort());
      for (const [key] of changes) expect(ids.get(key)).toBe(map.get(key));
    }),
  );
});

it("grows, and forgets what is deleted", () => {
  const keyOf = (n: number) => `${hex(Math.imul(n, 2654435761) >>> 0)}-1111-4111-8111-111111111111`;
  const ids = new IdMap();
  for (let n = 1; n <= 5000; n++) ids.set(keyOf(n), n);
  for (let n = 2; n <= 5000; n += 2) ids.delete(keyOf(n));
  expect(ids.size).toBe(2500);
  for (let n = 1; n <= 5000; n++) expect(ids.get(keyOf(n))).toBe(n % 2 === 0 ? undefined : n);
});
