import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Lab, ndjson, openLab } from "./lab.ts";

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab[Symbol.asyncDispose]());

const numbers = () => lab.received.map(({ detail }) => (detail as { n: number }).n);

describe("evb put", () => {
  it("publishes an event made of flags", async () => {
    const { code, out, err } = await lab.put([
      "-b",
      "orders",
      "--source",
      "shop",
      "--detail-type",
      "Order Placed",
      "--detail",
      '{"id":1}',
      "--resource",
      "arn:a",
      "--resource",
      "arn:b",
      "--time",
      "2026-01-02T03:04:05Z",
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(/^published {2}[0-9a-f-]{36} {2}shop {2}Order Placed\n$/);
    expect(err).toMatch(/^evb: published 1 on orders in \d+ms\n$/);
    expect(lab.received).toMatchObject([
      {
        source: "shop",
        "detail-type": "Order Placed",
        detail: { id: 1 },
        resources: ["arn:a", "arn:b"],
        time: "2026-01-02T03:04:05Z",
      },
    ]);
  });

  it("publishes a shipped template by its name, with values and overrides", async () => {
    const argv = [
      "order-placed",
      "-b",
      "orders",
      "--var",
      "orderId=A-1",
      "--var",
      "quantity=2",
      "--var",
      "price=10",
      "--set",
      "detail.gift:=true",
      "--set",
      "detail.note=by hand",
    ];
    const { code } = await lab.put(argv);
    expect(code).toBe(0);
    expect(lab.received[0]).toMatchObject({
      source: "com.example.shop",
      resources: ["order/A-1"],
      detail: { orderId: "A-1", total: { amount: 20, currency: "EUR" }, gift: true, note: "by hand" },
    });
  });

  it("renders each of --count anew", async () => {
    const { code, lines } = await lab.put(["order-placed", "-b", "orders", "--count", "12", "--json"]);
    expect(code).toBe(0);
    expect(lines().map(({ index }) => index)).toEqual([...Array(12).keys()]);
    expect(new Set(lab.received.map(({ detail }) => (detail as { orderId: string }).orderId)).size).toBe(12);
    expect(lab.calls.map((entries) => entries.length)).toEqual([10, 2]);
  });

  it("prints the lines of the contract with --json", async () => {
    const { lines } = await lab.put(["-", "-b", "orders", "--json"], { stdin: ndjson(1) });
    expect(lines()).toEqual([
      {
        index: 0,
        status: "published",
        eventId: lab.received[0]!.id,
        source: "shop",
        detailType: "T",
        bus: "orders",
        attempts: 1,
      },
    ]);
  });

  it.each([
    ["one a line", (events: object[]) => events.map((e) => JSON.stringify(e)).join("\n")],
    ["an array", (events: object[]) => JSON.stringify(events, null, 2)],
  ])("takes events on standard input, %s", async (_how, render) => {
    const event = { Source: "shop", DetailType: "T", Detail: '{"n": 1}' };
    const events = [event, { source: "shop", "detail-type": "T", detail: { n: 2 } }];
    const { code } = await lab.put(["-", "-b", "orders"], { stdin: render(events) });
    expect(code).toBe(0);
    expect(numbers()).toEqual([1, 2]);
    expect(lab.calls[0]![0]!.Detail).toBe('{"n": 1}');
  });

  it("takes files of events, packed or not, as they are", async () => {
    lab.write(
      "a.ndjson",
      ndjson(2, (n) => ({ n, text: "${not a template}" })),
    );
    lab.write("b.ndjson.gz", gzipSync(ndjson(2, (n) => ({ n: n + 2 }))));
    const { code } = await lab.put(["a.ndjson", "b.ndjson.gz", "-b", "orders", "--concurrency", "1"]);
    expect(code).toBe(0);
    expect(numbers()).toEqual([0, 1, 2, 3]);
    expect(lab.received[0]!.detail).toEqual({ n: 0, text: "${not a template}" });
  });

  it("sends integers of 64 bits as they are written", async () => {
    const line = '{"source":"shop","detail-type":"T","detail":{"n":9007199254740993}}';
    await lab.put(["-", "-b", "orders"], { stdin: line });
    expect(lab.calls[0]![0]!.Detail).toBe('{"n":9007199254740993}');
  });

  it("leaves an event on the bus that it names, unless told otherwise", async () => {
    const entry = { Source: "shop", DetailType: "T", Detail: {}, EventBusName: "orders" };
    const first = await lab.put(["-", "--json"], { stdin: JSON.stringify(entry) });
    expect(first.lines()[0]).toMatchObject({ bus: "orders" });
    const second = await lab.put(["-", "--json", "-b", "default"], { stdin: JSON.stringify(entry) });
    expect(second.lines()[0]).toMatchObject({ bus: "default" });
    expect(lab.received).toHaveLength(1);
  });

  it("adds metadata that stays the same when it is sent again", async () => {
    lab.fault = ({ operation, nth }) =>
      operation === "PutEvents" && nth === 0
        ? { status: 503, body: { __type: "ServiceUnavailable" } }
        : undefined;
    await lab.put(
      [
        "-",
        "-b",
        "orders",
        "--correlation-id",
        "job-7",
        "--trace-header",
        "Root=1-5759e988-bd862e3fe1be46a994272793",
      ],
      { stdin: ndjson(1) },
    );
    const [first, second] = lab.calls.map(([entry]) => JSON.parse(entry!.Detail).metadata);
    expect(first).toEqual(second);
    expect(first).toEqual({
      eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      correlationId: "job-7",
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      version: "1.0",
    });
    expect(lab.calls[0]![0]!.TraceHeader).toBe("Root=1-5759e988-bd862e3fe1be46a994272793");
  });

  it("asks once whether the bus is there", async () => {
    let asked = 0;
    lab.fault = ({ operation }) => {
      if (operation === "DescribeEventBus") asked++;
      return undefined;
    };
    await lab.put(["-", "-b", "orders"], { stdin: ndjson(50) });
    expect(asked).toBe(1);
    await lab.put(["-", "-b", "orders", "--no-check"], { stdin: ndjson(1) });
    expect(asked).toBe(1);
  });

  it("shows what it would do, and does nothing", async () => {
    const { code, lines, err } = await lab.put(["-", "-b", "orders", "--dry-run", "--json"], {
      stdin: ndjson(11, (n) => ({ n, pad: "x".repeat(n === 0 ? 70_000 : 0) })),
    });
    expect(code).toBe(0);
    expect(lines()).toHaveLength(11);
    expect(lines()[10]).toEqual({
      index: 10,
      status: "planned",
      source: "shop",
      detailType: "T",
      bus: "orders",
      bytes: 4 + 1 + '{"n":10,"pad":""}'.length,
      billedUnits: 1,
      batch: 2,
      entry: { Source: "shop", DetailType: "T", Detail: { n: 10, pad: "" }, EventBusName: "orders" },
    });
    expect(err).toMatch(
      /^evb: 11 events in 2 batches, 70\d+ bytes, billed as 12 events of 64 KB, \$0\.000012 at \$1 a million; nothing was sent\n$/,
    );
    expect(lab.calls).toEqual([]);
  });

  it("passes over what --skip says, and keeps the numbers", async () => {
    const { lines } = await lab.put(["-", "-b", "orders", "--json", "--skip", "3"], { stdin: ndjson(5) });
    expect(lines().map(({ index }) => index)).toEqual([3, 4]);
    expect(numbers()).toEqual([3, 4]);
  });

  it("has nothing to do where there are no events", async () => {
    const { code, out, err } = await lab.put(["-", "-b", "orders"], { stdin: "" });
    expect([code, out, err]).toEqual([0, "", "evb: no event was sent\n"]);
  });

  it("shows twenty lines and a summary at a terminal, and everything in a pipe", async () => {
    const tty = await lab.put(["order-placed", "-b", "orders", "--count", "30"], { tty: true });
    expect(tty.out.split("\n").filter(Boolean)).toHaveLength(20);
    expect(tty.err).toContain("published 30 on orders");
    const pipe = await lab.put(["order-placed", "-b", "orders", "--count", "30", "-q"]);
    expect(pipe.out.split("\n").filter(Boolean)).toHaveLength(30);
    expect(pipe.err).toBe("");
  });

  it("ends silently when its reader has gone", async () => {
    const { code, err } = await lab.put(["-", "-b", "orders", "--json"], {
      stdin: ndjson(200),
      closeAfter: 500,
    });
    expect([code, err]).toEqual([0, ""]);
  });
});
