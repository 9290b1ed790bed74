import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "vitest";
import { receiveMessages } from "../../../src/aws/queues.ts";
import { Holds } from "../../../src/commands/dlq/holds.ts";
import type { Clock } from "../../../src/core/clock.ts";
import { windableClock } from "../../../src/local/clock.ts";
import { makeWorld, runIn } from "../../world.ts";
import { arnOf, event, failure, type Lab, openLab } from "./lab.ts";

async function fill(lab: Lab, count: number): Promise<Lab> {
  for (const queue of ["billing", "dlq"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [{ Id: "billing", Arn: arnOf("billing") }]);
  const bodies = Array.from({ length: count }, (_, n) => event(`e${n}`, "shop", { n }));
  await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing")));
  return lab;
}

const arrived = async (lab: Lab) =>
  (await lab.bodies("billing")).map((body) => JSON.parse(body).detail.n as number).sort((a, b) => a - b);

describe("while messages are held", () => {
  it("they stay invisible for longer than they were taken for, and are given back at the end", async () => {
    const clock = windableClock(Date.now());
    await using lab = await fill(await openLab({ clock }), 12);
    lab.local.faults.clear();
    const argv = [
      "dlq",
      "redrive",
      "dlq",
      "--yes",
      "--rate",
      "0.01",
      "--pattern",
      '{"detail":{"n":[1,2,3]}}',
    ];
    const running = runIn(makeWorld(argv, { ...lab.world(), clock }));
    let ended = false;
    const end = running.finally(() => {
      ended = true;
    });
    while (!ended) {
      await clock.advance(1000);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const { code, err } = await end;
    expect(code, err).toBe(0);
    expect(lab.local.faults.calls("ChangeMessageVisibilityBatch")).toBeGreaterThan(2);
    expect(await arrived(lab)).toEqual([1, 2, 3]);
    expect(await lab.counts("dlq")).toEqual({ visible: 9, hidden: 0 });
    // Given out once by the run and once just now: nobody else has seen them meanwhile.
    for (const { Attributes } of await lab.messages("dlq"))
      expect(Attributes!.ApproximateReceiveCount).toBe("2");
  });

  it("no second run uses the same journal: it would not know what this one delivers", async () => {
    const clock = windableClock(Date.now());
    await using lab = await fill(await openLab(), 3);
    const argv = ["redrive", "dlq", "--yes", "--rate", "0.01"];
    const world = makeWorld(["dlq", ...argv], { ...lab.world(), clock });
    const running = runIn(world);
    await expect.poll(async () => (await lab.counts("billing")).visible).toBeGreaterThan(0);
    const second = await lab.dlq(argv);
    expect([second.code, second.err]).toEqual([
      2,
      expect.stringMatching(/^evb: error: .*dlq\.ndjson is in use by process \d+\nhint: wait for that run/),
    ]);
    world.signal();
    expect((await running).code).toBe(130);
    expect((await lab.dlq(["redrive", "dlq", "--yes"])).code).toBe(0);
    expect(await arrived(lab)).toEqual([0, 1, 2]);
  });

  it("one whose time has run out is known by its id when it comes back, and is not sent again", async () => {
    const clock = windableClock(Date.now());
    await using lab = await fill(await openLab({ clock }), 3);
    const argv = ["dlq", "redrive", "dlq", "--yes", "--rate", "4", "--concurrency", "2"];
    const running = runIn(makeWorld(argv, lab.world()));
    await expect.poll(async () => (await lab.counts("billing")).visible).toBeGreaterThan(0);
    // Of the emulator's clock only: the run believes that it still holds them.
    await clock.advance(61_000);
    const { code, err } = await running;
    expect(code, err).toBe(0);
    expect(await arrived(lab)).toEqual([0, 1, 2]);
    await clock.advance(61_000);
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
  });
});

it("each message is held for twelve hours and no longer, whenever it was taken", async () => {
  const clock = windableClock(Date.now());
  await using lab = await fill(await openLab({ clock }), 12);
  const url = `${lab.local.url}/000000000000/dlq`;
  let asleep = false;
  const watched: Clock = {
    ...clock,
    async sleep(ms, signal) {
      asleep = true;
      await clock.sleep(ms, signal);
      asleep = false;
    },
  };
  const holds = new Holds(lab.sqs, url, watched);
  const began = clock.now();
  for (let n = 0; n < 12; n++) {
    const [message] = await receiveMessages(lab.sqs, url, { max: 1, visibilitySeconds: 60 });
    holds.add(message!, clock.now());
    await clock.advance(1700);
  }
  const over = new AbortController();
  const keeper = holds.keep(over.signal);
  const advance = async (toMs: number) => {
    // Each extension is twice the last one, up to an hour; the clock waits while one is asked for.
    while (clock.now() < began + toMs) {
      const stepMs = clock.now() < began + 2400e3 ? 18e3 : 600e3;
      await clock.advance(Math.min(stepMs, began + toMs - clock.now()));
      while (!asleep) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const hour = 3600e3;
  await advance(12 * hour - 2000);
  expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 12 });
  await advance(12 * hour + 12 * 1700);
  expect(await lab.counts("dlq")).toEqual({ visible: 12, hidden: 0 });
  over.abort();
  await keeper;
});

describe("a second Ctrl-C", () => {
  it("leaves at once and says what stays behind", async () => {
    await using lab = await fill(await openLab(), 12);
    lab.local.faults.clear();
    lab.local.faults.add({ operation: "SendMessageBatch", kind: "late", ms: 60_000 });
    const world = makeWorld(["dlq", "redrive", "dlq", "--yes"], lab.world());
    const running = runIn(world);
    await expect.poll(() => lab.local.faults.calls("SendMessageBatch")).toBeGreaterThan(0);
    world.signal();
    world.signal();
    const { code, err } = await running;
    expect(code).toBe(130);
    expect(err).toMatch(
      /left at once; 1[02] messages stay invisible for up to (1m|59s) and then return by themselves\nevb: to go on: evb dlq redrive dlq --yes/,
    );
  });
});

describe("an interrupted run", () => {
  /** A run that was killed: nobody has ended its journal, and two messages are held for so long. */
  async function openKilled(seconds: number, stepMs: number, agoMs = 0) {
    const clock = windableClock(Date.now());
    const lab = await fill(await openLab({ clock }), 3);
    const QueueUrl = `${lab.local.url}/000000000000/dlq`;
    await lab.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 2, VisibilityTimeout: seconds }),
    );
    const began = {
      entry: "began",
      at: new Date(clock.now() - agoMs).toISOString(),
      version: 1,
      to: "target",
    };
    writeFileSync(join(lab.home, "j"), `${JSON.stringify({ ...began, queue: arnOf("dlq") })}\n`);
    async function run(...more: string[]) {
      let ended = false;
      const argv = ["dlq", "redrive", "dlq", "--yes", "--journal", "j", ...more];
      const running = runIn(makeWorld(argv, { ...lab.world(), clock })).finally(() => {
        ended = true;
      });
      while (!ended) {
        await clock.advance(stepMs);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      return await running;
    }
    return { lab, clock, run };
  }

  it("is waited for: what it had taken and not yet sent comes back within a minute", async () => {
    const { lab, run } = await openKilled(30, 500);
    await using _ = lab;
    // One that does not look to the end leaves the waiting to the next.
    expect((await run("--max", "1")).code).toBe(0);
    const { code, err } = await run();
    expect(err).toContain("2 messages of an interrupted run are still invisible; waiting up to");
    expect([code, await arrived(lab)]).toEqual([0, [0, 1, 2]]);
  });

  it("is not waited for by a run that has what it was asked for, and is by the next", async () => {
    const { lab, run } = await openKilled(30, 500);
    await using _ = lab;
    const few = await run("--max", "1", "--source", "shop");
    expect([few.code, few.err.includes("waiting up to"), await arrived(lab)]).toEqual([0, false, [2]]);
    const { code, err } = await run();
    expect([code, err.includes("waiting up to"), await arrived(lab)]).toEqual([0, true, [0, 1, 2]]);
  });

  it("is forgotten once nothing of it can be invisible: what is in flight then others hold", async () => {
    const { lab, run } = await openKilled(300, 500, 12 * 3_600_000);
    await using _ = lab;
    const { code, err } = await run();
    expect([code, await arrived(lab)]).toEqual([0, [2]]);
    expect(err).toContain("2 messages in flight elsewhere: a consumer or another run holds them");
    expect(err).not.toContain("cut off");
  });

  it("that held messages for longer is no success: the next run says so, and goes on", async () => {
    const { lab, clock, run } = await openKilled(300, 2000);
    await using _ = lab;
    const { code, err } = await run();
    expect([code, await arrived(lab)]).toEqual([3, [2]]);
    expect(err).toContain("2 messages still invisible: an earlier run that was cut off held them");
    expect(err).toContain("to go on: evb dlq redrive dlq --yes --journal j");
    await clock.advance(300_000);
    expect([(await run()).code, await arrived(lab)]).toEqual([0, [0, 1, 2]]);
  });

  it("goes on behind a journal line that a crash has torn, and only deletes what had arrived", async () => {
    await using lab = await fill(await openLab(), 3);
    lab.local.faults.add({ operation: "DeleteMessageBatch", kind: "error" });
    const broken = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect(broken.code).toBe(3);
    expect(broken.lines().map(({ stillInQueue }) => stillInQueue)).toEqual([true, true, true]);
    const journal = join(lab.home, "state/evb/redrive/000000000000-us-east-1-dlq.ndjson");
    appendFileSync(journal, '{"entry":"sending","messageId":"00');
    lab.local.faults.clear();
    const { code, lines } = await lab.dlq(["redrive", "dlq", "--yes", "--json"]);
    expect(code).toBe(0);
    expect(lines().map(({ reason }) => reason)).toEqual(
      Array(3).fill("an earlier run delivered it; only the deletion was missing"),
    );
    expect(await arrived(lab)).toEqual([0, 1, 2]);
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
    expect(
      readFileSync(journal, "utf8")
        .split("\n")
        .filter((line) => line === '{"entry":"sending","messageId":"00'),
    ).toHaveLength(1);
  }, 30_000);
});
