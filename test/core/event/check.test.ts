import { describe, expect, it } from "vitest";
import { checkDraft } from "../../../src/core/event/check.ts";
import { readDraft } from "../../../src/core/event/draft.ts";
import { renderEntry } from "../../../src/core/event/entry.ts";

const read = (value: unknown, limit?: number) => {
  const { draft, faults } = readDraft(value);
  const checked = checkDraft(draft, limit);
  return "faults" in checked ? { faults: [...faults, ...checked.faults] } : { ...checked, faults };
};
const good = { source: "shop", "detail-type": "Order", detail: { id: 1 } };

describe("an event of either form", () => {
  it("becomes the same entry", () => {
    const envelope = read({ ...good, resources: ["arn:a"], time: "2026-01-02T03:04:05Z" });
    const entry = read({
      Source: "shop",
      DetailType: "Order",
      Detail: '{"id":1}',
      Resources: ["arn:a"],
      Time: 1767323045,
    });
    expect(envelope).toEqual(entry);
    expect(envelope).toMatchObject({
      entry: {
        source: "shop",
        detailType: "Order",
        detail: '{"id":1}',
        resources: ["arn:a"],
        time: 1767323045000,
      },
      bytes: 14 + 4 + 5 + 8 + 5,
      faults: [],
    });
  });

  it("may be one that was received", () => {
    const received = { version: "0", id: "e-1", account: "123456789012", region: "eu-west-1", ...good };
    expect(read(received)).toEqual(read(good));
  });

  it("keeps the text of a detail to the byte", () => {
    const detail = '{ "big": 9007199254740993,\t"b":1.0}';
    expect(read({ Source: "s", DetailType: "t", Detail: detail })).toMatchObject({ entry: { detail } });
  });

  it("comes back from its own entry form", () => {
    const first = read({ ...good, time: "2026-01-02T03:04:05.5Z", resources: ["r"] });
    const entry = (first as { entry: Parameters<typeof renderEntry>[0] }).entry;
    expect(read(renderEntry({ ...entry, bus: "orders" }))).toMatchObject({
      entry: { ...entry, bus: "orders" },
    });
  });
});

describe("a fault", () => {
  const trace = "Root=1-5759e988-bd862e3fe1be46a994272793";
  it.each([
    [{}, ["source is missing", "detail-type is missing", "detail is missing: {} is the least"]],
    [[good], ["expected an event, found an array"]],
    [
      { ...good, source: "aws.ec2" },
      ["source is aws.ec2: only AWS services may send from a source that begins with aws."],
    ],
    [{ ...good, source: "" }, ["source must be a text, found an empty one"]],
    [
      { ...good, "detail-type": "x".repeat(129) },
      ["detail-type has 129 characters; at most 128 are allowed"],
    ],
    [{ ...good, detail: [1] }, ["detail must be an object, found an array"]],
    [
      { ...good, detail: "{}x" },
      [
        'detail must be an object or the JSON text of one, found a text with a fault at 1:3: expected the end of the text but found "x"',
      ],
    ],
    [{ ...good, detail: '"text"' }, ["detail must hold a JSON object, found a string"]],
    [{ ...good, detailType: "x" }, ['unknown field "detailType": is detail-type meant?']],
    [{ ...good, order: 1 }, ['unknown field "order" (an event\'s own data goes into detail)']],
    [{ ...good, resources: "arn:a" }, ["resources must be a list of texts, found a string"]],
    [
      { ...good, time: "yesterday" },
      ['time: expected a time such as 2026-01-02T03:04:05Z, found "yesterday"'],
    ],
    [
      { ...good, time: "2026-01-02T03:04:05" },
      [
        'time: expected a time such as 2026-01-02T03:04:05Z, found "2026-01-02T03:04:05" (it has no offset: add Z)',
      ],
    ],
    [
      { ...good, time: 1767323045678 },
      ["time: expected seconds since the epoch, found 1767323045678 (milliseconds?)"],
    ],
    [
      { Source: "s", DetailType: "t", Detail: {}, TraceHeader: `${trace};Sampled=yes` },
      ['TraceHeader has a broken Sampled: "yes"'],
    ],
    [
      {
        Source: "s",
        DetailType: "t",
        Detail: {},
        EventBusName: "arn:aws:events:eu-west-1:123456789012:event-busv2/a/b",
      },
      [
        "EventBusName names a bus of the newer Custom Event Bus product (event-busv2), which evb does not speak to: arn:aws:events:eu-west-1:123456789012:event-busv2/a/b",
      ],
    ],
  ])("of %j is said with all others", (value, faults) => {
    expect(read(value).faults.filter((fault) => (faults as string[]).includes(fault))).toEqual(faults);
  });

  it("is a size that reaches the limit, which is exclusive", () => {
    const { bytes } = read(good) as { bytes: number };
    expect(read(good, bytes).faults).toEqual([`the event has ${bytes} bytes; it must be less than ${bytes}`]);
    expect(read(good, bytes + 1).faults).toEqual([]);
  });

  it("is a detail nested over 1,000 levels, given as text or object", () => {
    const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;
    const tooDeep = ["detail is nested too deep: AWS takes at most 1000 levels"];
    for (const form of [(text: string) => text, JSON.parse]) {
      expect(read({ ...good, detail: form(nested(1000)) }).faults).toEqual([]);
      expect(read({ ...good, detail: form(nested(1001)) }).faults).toEqual(tooDeep);
    }
    expect(read({ ...good, detail: { a: "[".repeat(2000) } }).faults).toEqual([]);
  });

  it("is a detail that is nested beyond reason, not a crash", () => {
    const detail: Record<string, unknown> = {};
    let inner = detail;
    for (let i = 0; i < 100_000; i++) {
      inner.a = {};
      inner = inner.a as Record<string, unknown>;
    }
    expect(read({ ...good, detail }).faults).toEqual([
      "detail is nested too deep: AWS takes at most 1000 levels",
    ]);
  });
});
