import { expect, it } from "vitest";
import { HoldTable } from "../../../src/commands/dlq/hold-table.ts";

const times = (since: number) => ({ since, until: since + 60_000, step: 60 });
const idOf = (n: number) => `${10_000_000 + n}-1111-4111-8111-111111111111`;

it.each([
  ["base64", "AQEBwJnKyrHigUMZj6rYigCg"],
  ["base64 with an end", "AQEBwJnKyrHigUMZj6rYigA="],
  ["base64 whose last letter says more than its bytes", "AQEBwJnKyrHigUMZj6rYigD="],
  ["letters", "moto-handle_with-other~letters"],
  ["letters of any script", "rückgabe-返却"],
  ["nothing", ""],
  ["longer than the first", "QUJD".repeat(40)],
  ["longer than any is expected to be", "QUJD".repeat(2000)],
])("gives a handle back as it came: %s", (_, handle) => {
  const table = new HoldTable();
  table.set(idOf(0), "AQEBwJnKyrHigUMZj6rYigAg", times(1));
  table.set(idOf(1), handle, times(2));
  const { slot, ...rest } = table.get(idOf(1))!;
  expect([table.handleAt(slot), rest]).toEqual([handle, times(2)]);
});

it("gives the place of a message that is gone to another one, and takes no late word for it", () => {
  const table = new HoldTable();
  for (let n = 0; n < 3000; n++) table.set(idOf(n), `handle-${n}`, times(n + 1));
  const { slot } = table.get(idOf(1234))!;
  table.delete(idOf(1234));
  table.set(idOf(9999), "handle-9999", times(5));
  expect(table.get(idOf(9999))!.slot).toBe(slot);
  table.extend(slot, "handle-1234", 900_000, 120);
  expect(table.get(idOf(9999))).toEqual({ slot, ...times(5) });
  table.extend(slot, "handle-9999", 900_000, 120);
  expect(table.get(idOf(9999))).toEqual({ slot, since: 5, until: 900_000, step: 120 });
  expect([table.size, [...table.all()].length, table.has(idOf(1234))]).toEqual([3000, 3000, false]);
});

it("knows a message that comes back by its id, with its newer handle alone", () => {
  const table = new HoldTable();
  table.set(idOf(1), "QUJD".repeat(40), times(1));
  table.set(idOf(1), "a longer one ".repeat(30), times(2));
  table.set(idOf(1), "newest", times(3));
  const held = [...table.all()].map(({ slot, since }) => [since, table.handleAt(slot)]);
  expect([table.size, held]).toEqual([1, [[3, "newest"]]]);
});
