import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, type Running } from "./bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const nameIn = ({ world }: Running): string => /evb-tail-[0-9a-z-]+/.exec(world.err())![0];
const queueUrl = (running: Running) => `${bench.local.url}/${bench.local.account}/${nameIn(running)}`;

describe("evb tail shows", () => {
  it("the delivered body, byte for byte, one a line, and ends after --max", async () => {
    const tail = bench.start(["tail", "-b", "orders", "--max", "2"]);
    await tail.saw("listening on event bus orders");
    const ids = [await bench.put({ id: 1, price: 1.5 }), await bench.put({ id: 2 })];
    const { code, out, err, lines } = await tail.outcome;
    expect(code).toBe(0);
    expect(
      lines()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort());
    expect(out).toContain('"detail":{"id":1,"price":1.5}}\n');
    expect(err).toContain("2 events in");
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });

  it.each([
    [
      ["-p", '{"detail":{"id":[{"numeric":[">",1]}]}}'],
      [2, 3],
    ],
    [["--source", "billing", "--source", "crm"], [2]],
    [["--detail-type", "OrderPaid"], [3]],
    [["--source", "shop", "--detail-type", "OrderPlaced"], [1]],
    [
      ["--filter", '{"detail":{"id":[{"anything-but":2}]}}'],
      [1, 3],
    ],
    [["-p", '{"source":["shop"]}', "--filter", '{"detail-type":["OrderPaid"]}'], [3]],
  ])("only what is asked for: %j", async (flags, wanted) => {
    const tail = bench.start(["tail", "-b", "orders", "--json", "--timeout", "400ms", ...flags]);
    await tail.saw("listening");
    await bench.put({ id: 1 });
    await bench.put({ id: 2 }, { source: "billing" });
    await bench.put({ id: 3 }, { type: "OrderPaid" });
    const { code, lines } = await tail.outcome;
    const ids = lines().map(({ detail }) => (detail as { id: number }).id);
    expect(ids.sort()).toEqual(wanted);
    expect(code).toBe(0);
  });

  it("each event once, however often it is delivered", async () => {
    const tail = bench.start(["tail", "-b", "orders", "--json", "--timeout", "500ms"]);
    await tail.saw("listening");
    await bench.put({ id: 1 });
    await tail.saw('"id":1}', "out");
    const body = tail.world.out().trim();
    for (let again = 0; again < 3; again++)
      await bench.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(tail), MessageBody: body }));
    const { lines, err } = await tail.outcome;
    expect(lines()).toHaveLength(1);
    expect(err).toContain("1 event in");
  });

  it("only the part that --select names", async () => {
    const argv = ["tail", "-b", "orders", "--max", "1", "--select", "detail.order.name"];
    const plain = bench.start(argv);
    const json = bench.start([...argv, "--json"]);
    await Promise.all([plain.saw("listening"), json.saw("listening")]);
    await bench.put({ order: { name: "ink" } });
    expect((await plain.outcome).out).toBe("ink\n");
    expect((await json.outcome).out).toBe('"ink"\n');
  });

  it("bodies that are no JSON as they are, and as JSON strings with --json", async () => {
    for (const [flags, line] of [
      [[], '"one" "two"'],
      [["--json"], String.raw`"\"one\"\n\"two\""`],
    ] as const) {
      const tail = bench.start(["tail", "-b", "orders", "--max", "1", ...flags]);
      await tail.saw("listening");
      await bench.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(tail), MessageBody: '"one"\n"two"' }));
      expect((await tail.outcome).out).toBe(`${line}\n`);
    }
  });

  it("and saves each body before it is deleted", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "evb-tail-"));
    const tail = bench.start(["tail", "-b", "orders", "--max", "2", "--save", "events.ndjson"], { cwd });
    await tail.saw("listening");
    await bench.put({ id: 1 });
    await bench.put({ id: 2 });
    const { out } = await tail.outcome;
    expect(await readFile(join(cwd, "events.ndjson"), "utf8")).toBe(out);
  });

  it("what matters, with the latency, at a terminal", async () => {
    const tail = bench.start(["tail", "-b", "orders", "--max", "2", "--no-color"], {
      tty: true,
      columns: 60,
    });
    await tail.saw("listening");
    const id = await bench.put({ order: 42 });
    await tail.saw(id, "out");
    await bench.put({ note: "x".repeat(60) }, { source: "crm" });
    const { out } = await tail.outcome;
    const lines = out.trimEnd().split("\n");
    expect(lines[0]).toMatch(
      new RegExp(String.raw`^\d\d:\d\d:\d\d\.\d{3}  shop  OrderPlaced  ${id}  \+(<1s|1s)$`),
    );
    expect(lines[1]).toBe('  {"order":42}');
    expect(lines.slice(3)).toEqual(["  {", `    "note": "${"x".repeat(60)}"`, "  }"]);
  });

  it("nothing of its own on stdout, and nothing at all with --quiet", async () => {
    const tail = bench.start(["tail", "-b", "orders", "--quiet", "--timeout", "300ms"]);
    const { code, out, err } = await tail.outcome;
    expect({ code, out, err }).toEqual({ code: 1, out: "", err: "" });
  });
});

describe("evb tail --timeout", () => {
  it("ends with 1 when fewer than --max came", async () => {
    const tail = bench.start(["tail", "-b", "orders", "--json", "--max", "2", "--timeout", "300ms"]);
    await tail.saw("listening");
    await bench.put({ id: 1 });
    const { code, lines } = await tail.outcome;
    expect(code).toBe(1);
    expect(lines()).toHaveLength(1);
    expect(await bench.remains()).toEqual({ rules: [], queues: [] });
  });
});

describe("many events", () => {
  it("are all shown, each once, and deleted", async () => {
    const tail = bench.start(["tail", "-b", "orders", "--json", "--max", "500"]);
    await tail.saw("listening");
    const ids = await Promise.all(Array.from({ length: 500 }, (_, id) => bench.put({ id })));
    const { code, lines } = await tail.outcome;
    expect(code).toBe(0);
    expect(new Set(lines().map(({ id }) => id))).toEqual(new Set(ids));
    expect(lines()).toHaveLength(500);
  });
});
