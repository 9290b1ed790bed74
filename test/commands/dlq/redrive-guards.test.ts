import { describe, expect, it } from "vitest";
import { arnOf, event, failure, openLab } from "./lab.ts";
import { letter, openShop } from "./shop.ts";

describe("guards", () => {
  it("skips a message that has been redriven too often", async () => {
    await using lab = await openShop();
    await lab.send("dlq", event("e1"), { ...failure("shop/bill", arnOf("billing")), "evb-redrives": "3" });
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect([code, lines()[0]!.reason]).toEqual([3, "it has been redriven 3 times already"]);
    expect((await lab.dlq(["redrive", "dlq", "--yes", "--max-redrives", "4"])).code).toBe(0);
  });

  it("does not send again what fails again while it runs", async () => {
    await using lab = await openShop();
    // Nothing may come into billing, so whatever goes to the bus is back in the queue at once.
    await letter(lab, "e1");
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--to", "bus", "--yes", "--json"]);
    const statuses = lines().map(({ status }) => status);
    expect(statuses.filter((status) => status === "redriven")).toHaveLength(1);
    // Whether the two copies are back while the run still looks is a matter of milliseconds.
    await expect.poll(() => lab.counts("dlq")).toEqual({ visible: 2, hidden: 0 });
    expect(code).toBe(statuses.length === 1 ? 0 : 3);
  });

  it("sends a canary first, and stops when it comes back", async () => {
    await using lab = await openShop();
    for (let n = 0; n < 5; n++) await letter(lab, `e${n}`, { body: event(`e${n}`, "shop", { n }) });
    const args = ["redrive", "dlq", "--to", "bus", "--canary", "2", "--wait", "300ms", "--yes"];
    const { code, err } = await lab.dlq(args);
    expect(code).toBe(3);
    expect(err).toContain("came back");
    expect(err).toContain("messages sent first came back");
    expect(await lab.bodies("audit")).toHaveLength(0);
    expect((await lab.counts("dlq")).hidden).toBe(0);
  });

  it("goes on after a canary that has not come back", async () => {
    await using lab = await openShop();
    for (let n = 0; n < 12; n++) await letter(lab, `e${n}`, { body: event(`e${n}`, "shop", { n }) });
    const { code, err } = await lab.dlq(["redrive", "dlq", "--canary", "2", "--wait", "10ms", "--yes"]);
    expect(code, err).toBe(0);
    expect(err).toContain("none of the 2 messages came back; going on");
    expect(await lab.bodies("billing")).toHaveLength(12);
  });

  it("counts only what it has sent as a canary, and what it has skipped once", async () => {
    await using lab = await openShop();
    for (let n = 0; n < 6; n++)
      await lab.send("dlq", event(`old${n}`), failure("shop/gone", arnOf("billing")));
    for (let n = 0; n < 12; n++) await letter(lab, `e${n}`, { body: event(`e${n}`, "shop", { n }) });
    const args = ["redrive", "dlq", "--canary", "2", "--max", "15", "--wait", "10ms", "--yes", "--json"];
    const { code, err, lines } = await lab.dlq(args);
    expect(err).toContain("none of the 2 messages came back; going on");
    expect([code, new Set(lines().map(({ messageId }) => messageId)).size, lines().length]).toEqual([
      3, 15, 15,
    ]);
    expect(err).toContain("9 messages redriven, 6 skipped");
    expect(await lab.counts("dlq")).toEqual({ visible: 9, hidden: 0 });
  });

  it("looks for the canary too where it is all that is sent, and stops when a part of it fails", async () => {
    await using lab = await openShop();
    await letter(lab, "e0");
    const all = await lab.dlq(["redrive", "dlq", "--canary", "1", "--max", "1", "--wait", "10ms", "--yes"]);
    expect([all.code, all.err]).toEqual([0, expect.stringContaining("none of the 1 message came back")]);
    for (let n = 1; n < 9; n++) await letter(lab, `e${n}`, { body: event(`e${n}`, "shop", { n }) });
    lab.local.faults.add({
      operation: "SendMessageBatch",
      kind: "fail-entries",
      entries: [0],
      code: "InvalidMessageContents",
      where: (input) => (input as { QueueUrl: string }).QueueUrl.endsWith("billing"),
    });
    const part = await lab.dlq(["redrive", "dlq", "--canary", "2", "--wait", "10ms", "--yes"]);
    expect([part.code, part.err]).toEqual([
      3,
      expect.stringContaining("stopped: the canary could not be sent"),
    ]);
    expect((await lab.counts("billing")).visible).toBe(2);
  });

  it("stops when a destination only fails", async () => {
    await using lab = await openShop();
    await lab.queue("tiny", { MaximumMessageSize: "1024" });
    const body = event("e", "shop", { pad: "x".repeat(2000) });
    for (let n = 0; n < 60; n++) await letter(lab, `e${n}`, { body });
    const { code, err } = await lab.dlq([
      "redrive",
      "dlq",
      "--to",
      "queue:tiny",
      "--yes",
      "--concurrency",
      "1",
    ]);
    expect(code).toBe(3);
    expect(err).toContain(`stopped: ${arnOf("tiny")} failed 20 times in a row`);
    expect(await lab.counts("dlq")).toEqual({ visible: 60, hidden: 0 });
  });

  it("makes fewer calls at a time while it is throttled, and says so", async () => {
    await using lab = await openShop();
    await lab.sendMany(
      "dlq",
      Array.from({ length: 200 }, (_, n) => event(`e${n}`)),
      failure("shop/bill", arnOf("billing")),
    );
    lab.local.faults.clear();
    lab.local.faults.add({ operation: "SendMessageBatch", kind: "throttle", nth: [1, 2, 9] });
    const { code, err } = await lab.dlq(["redrive", "dlq", "--yes"]);
    expect(code, err).toBe(0);
    expect(err).toContain("evb: 3 calls were throttled, so fewer were made at a time");
    expect((await lab.counts("billing")).visible).toBe(200);
  });

  it("keeps to --max, and in every second to --rate", async () => {
    await using lab = await openShop();
    const bodies = Array.from({ length: 60 }, (_, n) => event(`e${n}`));
    await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing")));
    const times: number[] = [];
    lab.local.faults.add({
      operation: "SendMessageBatch",
      kind: "late",
      ms: 0,
      where: (input) => {
        for (const _ of (input as { Entries: [] }).Entries) times.push(performance.now());
        return false;
      },
    });
    const limits = ["--max", "45", "--rate", "20"];
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--yes", "--json", ...limits]);
    expect([code, lines().length, times.length]).toEqual([0, 45, 45]);
    for (const at of times)
      expect(times.filter((other) => other >= at && other < at + 990).length).toBeLessThanOrEqual(20);
    expect(await lab.counts("dlq")).toEqual({ visible: 15, hidden: 0 });
  });
});

describe("FIFO", () => {
  it("keeps the order within a group, and the ids", async () => {
    await using lab = await openLab();
    await lab.queue("line.fifo");
    await lab.queue("dlq.fifo");
    for (let n = 0; n < 24; n++)
      await lab.send(
        "dlq.fifo",
        `m${n}`,
        {},
        { MessageGroupId: `g${n % 3}`, MessageDeduplicationId: `d${n}` },
      );
    const { code, err } = await lab.dlq(["redrive", "dlq.fifo", "--to", "queue:line.fifo", "--yes"]);
    expect(code, err).toBe(0);
    const messages = await lab.empty("line.fifo");
    for (let group = 0; group < 3; group++) {
      const ours = messages.filter(({ Attributes }) => Attributes!.MessageGroupId === `g${group}`);
      expect(ours.map(({ Body }) => Body)).toEqual(Array.from({ length: 8 }, (_, i) => `m${i * 3 + group}`));
    }
  });
});
