import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runIn } from "../../world.ts";
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

describe("a live stream", () => {
  it("is sent while it is still open", async () => {
    let finish = () => {};
    const open = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const stdin = (async function* () {
      yield ndjson(3);
      await open;
      yield ndjson(1);
    })();
    const run = lab.put(["-", "-b", "orders"], { stdin });
    await expect.poll(() => lab.received.length, { timeout: 5000 }).toBe(3);
    finish();
    expect((await run).code).toBe(0);
    expect(lab.received).toHaveLength(4);
  });

  it("is not read ahead of what is acknowledged", async () => {
    let read = 0;
    const stdin = (async function* () {
      for (; read < 400; read++) yield ndjson(100);
    })();
    lab.fault = async ({ operation }) => {
      if (operation === "PutEvents") await new Promise(() => {});
      return undefined;
    };
    const world = lab.world(["-", "-b", "orders", "-q"], { stdin });
    const run = runIn(world);
    await expect.poll(() => lab.calls.length, { timeout: 5000 }).toBe(8);
    const before = read;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(read).toBe(before);
    expect(read).toBeLessThan(150);
    world.signal();
    world.signal();
    expect((await run).code).toBe(130);
  });
});

describe("--rate", () => {
  it("spreads the events evenly", async () => {
    const started = performance.now();
    const { code } = await lab.put(["-", "-b", "orders", "--rate", "100"], { stdin: ndjson(60) });
    expect(code).toBe(0);
    // The first ten go at once, the others a tenth of a second apart.
    expect(performance.now() - started).toBeGreaterThan(490);
    expect(lab.calls.map((entries) => entries.length)).toEqual(Array(6).fill(10));
  });
});

describe("--seed", () => {
  const planned = async (...argv: string[]) => {
    // Another chance each time: only the seed may tell what comes.
    const options = { random: Math.random };
    const { code, lines, err } = await lab.put([...argv, "--dry-run", "--json"], options);
    expect([code, err.includes("nothing was sent")]).toEqual([0, true]);
    return lines().map((line) => (line as { entry: { Detail: Record<string, unknown> } }).entry.Detail);
  };

  it("repeats ids, picks, fake values and metadata, each event with its own", async () => {
    const detail = {
      ids: "${uuid()} ${hex(8)} ${str(randomInt(1, 1000000))}",
      who: "${fake('person.fullName')} ${fake('string.uuid')}",
    };
    lab.write("random.json", JSON.stringify({ source: "shop", "detail-type": "T", detail }));
    const argv = ["random.json", "--count", "3", "--correlation-id", "c"];
    const idsOf = (all: Record<string, unknown>[]) =>
      all.map(({ ids, who, metadata }) => [ids, who, (metadata as { eventId: string }).eventId]);
    const first = idsOf(await planned(...argv, "--seed", "7"));
    expect(idsOf(await planned(...argv, "--seed", "7"))).toEqual(first);
    expect(new Set(first.flat()).size).toBe(9);
    for (const other of [["--seed", "8"], ["--seed", "4294967303"], []])
      expect(new Set([...first.flat(), ...idsOf(await planned(...argv, ...other)).flat()]).size).toBe(18);
    // What is passed over has had its share.
    expect(idsOf(await planned(...argv, "--seed", "7", "--skip", "2"))).toEqual(first.slice(2));
  });

  it("gives the same however the values of variables came", async () => {
    lab.write(
      "asked.json",
      JSON.stringify({
        $template: { variables: { n: { type: "integer", default: 1 } } },
        source: "shop",
        "detail-type": "T",
        detail: { id: "${uuid()}", n: { $eval: "n" } },
      }),
    );
    const [one] = await planned("asked.json", "--seed", "1");
    const [other] = await planned("asked.json", "--seed", "1", "--var", "n=1");
    expect(other).toEqual(one);
  });
});

describe("--skip-invalid", () => {
  const [first, second, third] = ndjson(3).trimEnd().split("\n");
  const broken = ['{"source": shop}', '{"source":"shop","detail-type":"T","detail":[9007199254740993]}'];
  const input = [first, broken[0], second, broken[1], third].join("\n");
  const sentNumbers = () => lab.calls.flat().map(({ Detail }) => (JSON.parse(Detail) as { n: number }).n);

  it("leaves broken events out, keeps them as they were, and sends the rest", async () => {
    const argv = ["-", "-b", "orders", "--skip-invalid", "--failed", "failed.ndjson"];
    const { code, out, err } = await lab.put(argv, { stdin: input });
    expect(code).toBe(3);
    expect(out.match(/^published/gm)).toHaveLength(3);
    expect(err).toContain(
      'evb: standard input:2:12: no valid JSON: expected a value but found "s"; left out\n',
    );
    expect(err).toContain("evb: standard input:4: detail must be an object, found an array; left out\n");
    expect(err).toMatch(/^evb: published 3, 2 broken events left out on orders in /m);
    expect(err).toContain("hint: the events that are broken are in failed.ndjson as they were read");
    expect(sentNumbers()).toEqual([0, 1, 2]);
    expect(lab.read("failed.ndjson")).toBe(`${broken.join("\n")}\n`);
  });

  it("tells each in its place with --json", async () => {
    const { code, lines } = await lab.put(["-", "-b", "orders", "--skip-invalid", "--json"], {
      stdin: input,
    });
    expect(code).toBe(3);
    expect(lines().map((line) => [line.index, line.status, line.errorCode])).toEqual([
      [0, "published", undefined],
      [1, "failed", "BAD_EVENT"],
      [2, "published", undefined],
      [3, "failed", "BAD_EVENT"],
      [4, "published", undefined],
    ]);
  });

  it("goes through what is all broken, and through arrays, whose elements become lines", async () => {
    const argv = ["-", "-b", "orders", "--skip-invalid", "--failed", "failed.ndjson"];
    const stdin = '[\n  {\n    "source": "shop",\n    "n": 1\n  },\n  7\n]';
    const { code, err } = await lab.put(argv, { stdin });
    expect(code).toBe(3);
    expect(err).toContain("evb: no event was sent, 2 broken events left out");
    expect(lab.read("failed.ndjson")).toBe('{ "source": "shop", "n": 1 }\n7\n');
    expect(lab.calls).toEqual([]);
  });

  it("keeps what is no UTF-8 to the byte", async () => {
    const odd = Buffer.concat([Buffer.from('{"source":"'), Buffer.of(0xff), Buffer.from('"}')]);
    const stdin = Buffer.concat([odd, Buffer.from(`\n${first}\n`)]);
    const { code, err } = await lab.put(["-", "-b", "orders", "--skip-invalid", "--failed", "f"], { stdin });
    expect(code).toBe(3);
    expect(err).toContain("evb: standard input:1: the text is not UTF-8; left out");
    expect(readFileSync(join(lab.folder, "f"))).toEqual(Buffer.concat([odd, Buffer.from("\n")]));
  });

  it("counts for --skip, when a run is stopped", async () => {
    const typed = async function* () {
      yield `${first}\n${broken[0]}\n${second}\n`;
      await expect.poll(() => world.out().match(/published/g)?.length, { timeout: 5000 }).toBe(2);
      world.signal();
    };
    const world = lab.world(["-", "-b", "orders", "--skip-invalid"], { stdin: typed() });
    const { code, err } = await runIn(world);
    expect(code).toBe(130);
    expect(err).toContain("hint: go on with the same command and --skip 3");
  });

  it("shows in a dry run what would be left out", async () => {
    const { code, err } = await lab.put(["-", "--skip-invalid", "--dry-run"], { stdin: input });
    expect(code).toBe(3);
    expect(err).toContain("standard input:2:12: no valid JSON");
    expect(err).toContain("evb: 3 events in 3 batches");
    expect(lab.calls).toEqual([]);
  });
});
