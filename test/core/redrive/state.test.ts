import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pace } from "../../../src/core/pace.ts";
import { compileFilters, type Filters, hasFilters } from "../../../src/core/redrive/filter.ts";
import { fingerprint, hash } from "../../../src/core/redrive/fingerprint.ts";
import { Grouping, renderSparkline } from "../../../src/core/redrive/group.ts";
import { IdSet } from "../../../src/core/redrive/id-set.ts";
import {
  type JournalEntry,
  JournalState,
  parseJournalLine,
  restoreMessage,
  storeMessage,
} from "../../../src/core/redrive/journal.ts";
import { nameOfArn } from "../../../src/core/redrive/names.ts";
import { parseLetter } from "../../../src/core/redrive/parse.ts";
import { parseQueueRef } from "../../../src/core/redrive/queue-ref.ts";
import { RedriveCounts } from "../../../src/core/redrive/redrive-counts.ts";
import { deadOrder, makeMessage, orderPlaced, targetArn } from "./message.ts";

describe("filters", () => {
  const letter = parseLetter(deadOrder());
  const sent = 1767323045000;
  it.each<[string, Filters, boolean]>([
    ["none", {}, true],
    ["the code", { errorCodes: ["THROTTLING", "NO_PERMISSIONS"] }, true],
    ["another code", { errorCodes: ["THROTTLING"] }, false],
    ["the rule's name", { rules: ["bill"] }, true],
    ["the target's ARN", { targets: [targetArn] }, true],
    ["the target's name, and another source", { targets: ["billing"], sources: ["web"] }, false],
    ["source and type", { sources: ["shop"], detailTypes: ["Order Placed"] }, true],
    ["the id", { messageIds: ["m1"] }, true],
    ["since its very time", { since: sent }, true],
    ["since later", { since: sent + 1 }, false],
    ["until its very time", { until: sent }, true],
    ["until earlier", { until: sent - 1 }, false],
    ["a pattern", { pattern: (payload) => payload.includes('"total":12') }, true],
    ["a pattern that does not match", { pattern: () => false }, false],
  ])("%s", (_, filters, passes) => {
    expect(compileFilters(filters)(letter)).toBe(passes);
  });

  it("know a function by its name, whatever its version", () => {
    const named = (qualifier: string, wanted: string) => {
      const targetArn = `arn:aws:lambda:eu-west-1:123456789012:function:bill${qualifier}`;
      return [nameOfArn(targetArn), compileFilters({ targets: [wanted] })({ ...letter, targetArn })];
    };
    expect([
      named("", "bill"),
      named(":$LATEST", "bill"),
      named(":live", "bill"),
      named(":live", "bill:live"),
    ]).toEqual([
      ["bill", true],
      ["bill", true],
      ["bill:live", true],
      ["bill:live", true],
    ]);
    expect(named(":live", "live")).toEqual(["bill:live", false]);
  });

  it("do not let pass what says nothing about what they ask", () => {
    const unknown = parseLetter({ ...makeMessage("x"), system: {} });
    for (const filters of [{ rules: ["bill"] }, { sources: ["shop"] }, { since: 0 }, { errorCodes: ["x"] }])
      expect(compileFilters(filters)(unknown)).toBe(false);
    expect([hasFilters({}), hasFilters({ rules: [] }), hasFilters({ since: 0 })]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("groups", () => {
  it("count by the fields asked for, the largest first, with a line over time", () => {
    const grouping = new Grouping([{ name: "error-code" }, { name: "source" }]);
    for (let n = 0; n < 3; n++)
      grouping.add(parseLetter(deadOrder({ SentTimestamp: String((n + 1) * 600_000) }, `m${n}`)));
    grouping.add(parseLetter(makeMessage("x")));
    const [first, second] = grouping.groups();
    expect(first).toMatchObject({
      values: ["NO_PERMISSIONS", "shop"],
      count: 3,
      newest: 1_800_000,
      sample: "m0",
    });
    expect(second).toMatchObject({ values: [undefined, undefined], count: 1 });
    expect(renderSparkline(first!, 600_000, 1_800_000, 3)).toBe("███");
    expect(renderSparkline(first!, 600_000, 4_200_000, 2)).toBe("█ ");
  });
});

describe("the journal", () => {
  const at = (second: number) => new Date(second * 1000).toISOString();
  const sending = (messageId: string, second: number): JournalEntry => ({
    entry: "sending",
    at: at(second),
    messageId,
    destination: "d",
  });
  const acknowledged = (messageId: string, second: number, redrives = 1): JournalEntry => ({
    entry: "acknowledged",
    at: at(second),
    messageId,
    id: "x",
    fingerprint: 7,
    redrives,
  });

  it("knows where each message stands", () => {
    const state = new JournalState();
    state.add({ entry: "message", at: at(1), ...storeMessage(makeMessage("x", {}, {}, "a")) });
    for (const id of ["a", "b", "c", "d"]) state.add(sending(id, 1));
    for (const id of ["b", "c"]) state.add(acknowledged(id, 2));
    state.add({ entry: "deleted", at: at(3), messageId: "c" });
    state.add({ entry: "refused", at: at(3), messageId: "d", reason: "no" });
    expect([...state.outstanding()].map((id) => [id, state.standOf(id)?.state])).toEqual([
      ["a", "sending"],
      ["b", "acknowledged"],
    ]);
    expect([state.keeps("a"), state.keeps("b"), state.isDeleted("c"), state.isDeleted("b")]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(state.lastAt).toBe(3000);
  });

  it("knows when a run was cut off, until one has looked for all that it held", () => {
    const state = new JournalState();
    const began = (second: number): JournalEntry => ({
      ...{ entry: "began", at: at(second), version: 1, queue: "q", to: "target" },
    });
    const cutOff = [
      began(1),
      sending("a", 2),
      began(100),
      { entry: "ended", at: at(101), unseen: true } as const,
      began(200),
      { entry: "ended", at: at(201) } as const,
    ].map((entry) => {
      state.add(entry);
      return state.cutOffAt;
    });
    expect(cutOff).toEqual([1000, 2000, 100_000, 2000, 200_000, undefined]);
  });

  it("knows content that has come back from content that has only a twin", () => {
    const state = new JournalState();
    state.add(sending("a", 10));
    state.add(acknowledged("a", 12, 2));
    expect(state.redrivesOf(7, 9_000)).toBe(0);
    expect(state.redrivesOf(7, 11_000)).toBe(2);
    expect(state.redrivesOf(8, 11_000)).toBe(0);
    expect([state.hasComeBack(7, 11_000, 5_000), state.hasComeBack(7, 11_000, 11_000)]).toEqual([
      true,
      false,
    ]);
  });

  it("reads what it has written, and nothing else", () => {
    const entry = sending("a", 1);
    expect(parseJournalLine(JSON.stringify(entry))).toEqual(entry);
    for (const line of ["", "{", '{"entry":"sen', "null", "7", '{"entry":"other"}'])
      expect(parseJournalLine(line)).toBeUndefined();
  });

  it.each([
    ["a time that is none", { at: "noon" }],
    ["no time", { at: undefined }],
    ["an id that is no text", { messageId: 7 }],
    ["a fingerprint that is a text", { fingerprint: "7" }],
    ["a negative fingerprint", { fingerprint: -1 }],
    ["a count that is none", { redrives: 1.5 }],
  ])("takes a line with %s for damaged", (_, damage) => {
    const line = (change: object) => JSON.stringify({ ...acknowledged("a", 1, 1), ...change });
    expect(parseJournalLine(line({}))).toBeDefined();
    expect(parseJournalLine(line(damage))).toBeUndefined();
  });

  it("keeps messages whole, bytes included", () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array(), fc.string(), (body, BinaryValue, StringValue) => {
        const message = {
          messageId: "m",
          body,
          attributes: { b: { DataType: "Binary", BinaryValue }, s: { DataType: "String", StringValue } },
          system: { SentTimestamp: "1" },
        };
        expect(restoreMessage(JSON.parse(JSON.stringify(storeMessage(message))))).toEqual(message);
      }),
    );
  });
});

describe("a fingerprint", () => {
  it("is the same for an event that comes back with another id, and another for anything else", () => {
    const print = (event: object) => fingerprint(parseLetter(deadOrder({}, "m", event)));
    expect(print({ ...orderPlaced, id: "e2" })).toBe(print(orderPlaced));
    expect(print({ ...orderPlaced, detail: { total: 13 } })).not.toBe(print(orderPlaced));
    expect(Number.isSafeInteger(print(orderPlaced))).toBe(true);
  });
});

describe("a set of ids", () => {
  it("is a set, for UUIDs and for anything else", () => {
    const ids = new IdSet();
    const plain = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uuid(), fc.string()), { maxLength: 500 }), (some) => {
        for (const id of some) {
          expect(ids.has(id)).toBe(plain.has(id));
          ids.add(id);
          plain.add(id);
          expect(ids.has(id)).toBe(true);
        }
        expect(ids.size).toBe(plain.size);
      }),
    );
  });
});

describe("redrive counts", () => {
  it("are a map, however many there are and whatever is counted again", () => {
    const [counts, map] = [new RedriveCounts(), new Map<number, object>()];
    for (let n = 0; n < 6000; n++) {
      // Among them 0, and many that belong in one slot.
      const key = n % 3 === 0 ? (n % 500) * 2 ** 40 : hash(String(n % 4000));
      counts.set(key, { count: n, at: 1e12 + n });
      map.set(key, { count: n, at: 1e12 + n });
    }
    const keys = [...map.keys(), 1, 7 * 2 ** 41, hash("another")];
    expect(keys.map((key) => counts.get(key))).toEqual(keys.map((key) => map.get(key)));
  });
});

describe("a pace", () => {
  it("is kept over every second", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 300 })), {
          maxLength: 60,
        }),
        (rate, asks) => {
          const pace = new Pace(rate);
          const sent: number[] = [];
          let now = 0;
          for (const [wanted, gap] of asks) {
            now += gap;
            const count = Math.min(wanted, pace.burst);
            for (let wait = pace.begin(count, now); wait > 0; wait = pace.begin(count, now)) now += wait;
            pace.end(count, now);
            for (let n = 0; n < count; n++) sent.push(now);
          }
          for (const at of sent)
            expect(sent.filter((other) => other >= at && other < at + 1000).length).toBeLessThanOrEqual(rate);
        },
      ),
    );
  });

  it("below one a second is a gap", () => {
    const pace = new Pace(0.5);
    expect(pace.begin(1, 0)).toBe(0);
    pace.end(1, 0);
    expect([pace.begin(1, 500), pace.begin(1, 2001)]).toEqual([1501, 0]);
  });
});

describe("a queue", () => {
  it.each([
    ["orders-dlq", { name: "orders-dlq" }],
    ["orders.fifo", { name: "orders.fifo" }],
    [
      "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
      { name: "orders", account: "123456789012", url: expect.any(String) },
    ],
    [
      "arn:aws:sqs:eu-west-1:123456789012:orders",
      { name: "orders", account: "123456789012", region: "eu-west-1" },
    ],
    ["arn:aws:sns:eu-west-1:123456789012:orders", undefined],
    ["a.b", undefined],
    ["no/queue", undefined],
    ["", undefined],
    ["x".repeat(81), undefined],
  ])("named by %s", (text, ref) => {
    expect(parseQueueRef(text)).toEqual(ref);
  });
});
