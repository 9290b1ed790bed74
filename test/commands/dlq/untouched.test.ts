import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arnOf, event, failure, type Lab, openLab } from "./lab.ts";

const count = 24;

async function openFilled(): Promise<Lab> {
  const lab = await openLab();
  for (const queue of ["billing", "dlq", "dlq.fifo"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [{ Id: "billing", Arn: arnOf("billing") }]);
  const bodies = Array.from({ length: count }, (_, n) => event(`e${n}`, n % 3 === 0 ? "web" : "shop", { n }));
  await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing")));
  await lab.sendMany("dlq.fifo", bodies);
  return lab;
}

describe("what only looks leaves the queue as it was: how many, what, and in which order", () => {
  it.each([
    ["redrive --dry-run", ["redrive", "dlq", "--dry-run"]],
    ["redrive --dry-run with filters", ["redrive", "dlq", "--dry-run", "--source", "web", "--max", "4"]],
    [
      "redrive --dry-run to a bus",
      ["redrive", "dlq", "--dry-run", "--to", "bus", "--pattern", '{"detail":{"n":[7]}}'],
    ],
    ["peek", ["peek", "dlq"]],
    ["peek with filters", ["peek", "dlq", "--source", "web", "--max", "2"]],
    ["drain --keep", ["drain", "dlq", "--to", "kept.ndjson", "--keep"]],
    ["drain to standard output", ["drain", "dlq", "--to", "-", "--source", "shop"]],
  ])("%s", async (_, args) => {
    await using lab = await openFilled();
    const before = await lab.messages("dlq");
    const { code, err } = await lab.dlq(args);
    expect(code, err).toBe(0);
    expect(await lab.counts("dlq")).toEqual({ visible: count, hidden: 0 });
    const after = await lab.messages("dlq");
    const seen = ({ MessageId, Body }: (typeof after)[number]) => [MessageId, Body];
    expect(after.map(seen)).toEqual(before.map(seen));
    expect(await lab.counts("billing")).toEqual({ visible: 0, hidden: 0 });
  });

  it("a FIFO queue too, group by group", async () => {
    await using lab = await openFilled();
    const groups = async () => {
      const byGroup: Record<string, unknown[]> = {};
      for (const { Attributes, Body } of await lab.messages("dlq.fifo")) {
        byGroup[Attributes!.MessageGroupId!] ??= [];
        byGroup[Attributes!.MessageGroupId!]!.push(JSON.parse(Body!).detail.n);
      }
      return byGroup;
    };
    const before = await groups();
    const { code, err } = await lab.dlq(["redrive", "dlq.fifo", "--to", "queue:billing", "--dry-run"]);
    expect(code, err).toBe(0);
    expect(await lab.counts("dlq.fifo")).toEqual({ visible: count, hidden: 0 });
    expect(await groups()).toEqual(before);
  });
});

describe("filters mean the same to all four commands", () => {
  // None of them changes anything, so one emulator does for all.
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
    for (const queue of ["billing", "dlq"]) await lab.queue(queue);
    await lab.rule("shop", "bill", "shop", [{ Id: "billing", Arn: arnOf("billing") }]);
    const body = (n: number) => event(`e${n}`, n % 3 === 0 ? "web" : "shop", { n });
    await lab.sendMany(
      "dlq",
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(body),
      failure("shop/bill", arnOf("billing")),
    );
    await lab.send("dlq", body(10), failure("shop/bill", arnOf("billing"), "TIMEOUT"));
    await lab.dlq(["drain", "dlq", "--to", join(lab.home, "all.ndjson"), "--keep"]);
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  it.each([
    [
      ["--source", "web"],
      [0, 3, 6, 9],
    ],
    [
      ["--source", "web", "--source", "shop"],
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ],
    [
      ["--source", "web", "--pattern", '{"detail":{"n":[{"numeric":["<",5]}]}}'],
      [0, 3],
    ],
    [
      ["--pattern", '{"detail":{"n":[1]}}', "--pattern", '{"detail":{"n":[9]}}'],
      [1, 9],
    ],
    [["--error-code", "TIMEOUT"], [10]],
    [
      ["--rule", "bill", "--target", "billing", "--detail-type", "Order Placed", "--source", "web"],
      [0, 3, 6, 9],
    ],
    [["--rule", "arn:aws:events:us-east-1:000000000000:rule/shop/other"], []],
    [["--since", "1h", "--until", "2099-01-01T00:00:00Z", "--error-code", "TIMEOUT"], [10]],
    [["--older-than", "1h"], []],
  ])("%j", async (filters, wanted) => {
    const found = async (...args: string[]) => {
      const { code, err, lines } = await lab.dlq([...args, ...filters, "--json"]);
      expect(code, err).toBe(0);
      const idOf = ({ event, body }: Record<string, unknown>) =>
        String(((event ?? JSON.parse(String(body))) as { id: string }).id);
      return lines()
        .map((line) => Number(idOf(line).slice(1)))
        .sort((a, b) => a - b);
    };
    expect(await found("peek", "dlq"), "peek").toEqual(wanted);
    expect(await found("drain", "dlq", "--to", "-"), "drain").toEqual(wanted);
    expect(await found("redrive", "dlq", "--dry-run"), "redrive").toEqual(wanted);
    expect(await found("restore", "all.ndjson", "--to", "dlq", "--dry-run"), "restore").toEqual(wanted);
  });
});

describe("at the limit of messages in flight", () => {
  it("a run says that it has not seen the end, gives back what it held, and ends with 3", async () => {
    await using lab = await openFilled();
    const fault = {
      operation: "ReceiveMessage",
      kind: "error",
      status: 403,
      code: "OverLimit",
      message: "Too many messages in flight",
      nth: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    } as const;
    lab.local.faults.add(fault);
    const dry = await lab.dlq(["redrive", "dlq", "--dry-run", "--concurrency", "1"]);
    expect([dry.code, dry.err]).toEqual([3, expect.stringContaining("its end was not reached")]);
    lab.local.faults.clear();
    lab.local.faults.add(fault);
    const args = ["redrive", "dlq", "--yes", "--source", "web", "--concurrency", "1"];
    const { code, err } = await lab.dlq(args);
    expect(code).toBe(3);
    expect(err).toContain(
      "so many messages are in flight that the queue gives out no more; its end was not reached",
    );
    expect(err).toContain("to go on: evb dlq redrive dlq --yes --source web --concurrency 1");
    const { visible, hidden } = await lab.counts("dlq");
    expect([visible + (await lab.counts("billing")).visible, hidden]).toEqual([count, 0]);
    lab.local.faults.clear();
    expect((await lab.dlq(args)).code).toBe(0);
    expect((await lab.counts("billing")).visible).toBe(count / 3);
  });
});
