import { describe, expect, it } from "vitest";
import { windableClock } from "../../../src/local/clock.ts";
import { makeWorld, runIn, type TestWorld } from "../../world.ts";
import { arnOf, event, failure, type Lab, openLab } from "./lab.ts";

/** A queue whose redrive policy feeds `dlq`, with messages in it that came that way. */
async function openFed(count: number, clock = windableClock(Date.now())): Promise<Lab & { wind: Winder }> {
  const lab = await openLab({ clock });
  await lab.queue("dlq");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("dlq"), maxReceiveCount: 1 });
  await lab.queue("work", { RedrivePolicy, VisibilityTimeout: "1" });
  await lab.sendMany(
    "work",
    Array.from({ length: count }, (_, n) => event(`e${n}`)),
  );
  while ((await lab.counts("dlq")).visible < count) {
    await lab.messages("work");
    await clock.advance(60_000);
  }
  return Object.assign(lab, { wind: (running: Promise<unknown>) => wind(clock, running) });
}

type Winder = (running: Promise<unknown>) => Promise<void>;

/** Lets the clock run until the command has ended. */
async function wind(clock: ReturnType<typeof windableClock>, running: Promise<unknown>): Promise<void> {
  let ended = false;
  const end = running.finally(() => {
    ended = true;
  });
  while (!ended) {
    await clock.advance(50);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await end.catch(() => {});
}

const hasty = { sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 2)) };

function start(lab: Lab, args: readonly string[], more: object = {}): TestWorld {
  const world = makeWorld(["dlq", "redrive", "dlq", ...args], { ...lab.world(), ...more });
  return Object.assign(world, { clock: { ...world.clock, ...hasty } });
}

describe("redrive --native", () => {
  it("lets SQS move the messages back, and says how many", async () => {
    await using lab = await openFed(25);
    const running = runIn(start(lab, ["--to", "source", "--native", "--yes", "--json"]));
    await lab.wind(running);
    const { code, err, lines } = await running;
    expect(code, err).toBe(0);
    expect(lines()).toEqual([{ queue: arnOf("dlq"), status: "completed", moved: 25, toMove: 25 }]);
    expect(err).toContain("evb: SQS has moved 25 of about 25 messages of queue dlq");
    expect(await lab.counts("dlq")).toEqual({ visible: 0, hidden: 0 });
    expect((await lab.counts("work")).visible).toBe(25);
  });

  it("says that SQS does not know what an interrupted redrive has sent, and is not offered then", async () => {
    await using lab = await openFed(1);
    lab.local.faults.add({ operation: "DeleteMessageBatch", kind: "error" });
    expect((await runIn(start(lab, ["--to", "source", "--yes"]))).code).toBe(3);
    const native = await runIn(start(lab, ["--to", "source", "--native", "--dry-run"]));
    expect(native.err).toContain(
      "warning: 1 message that an interrupted redrive has sent, or may have, can be",
    );
    const plain = await runIn(start(lab, ["--to", "source", "--dry-run"]));
    expect([plain.code, plain.err]).toEqual([0, expect.not.stringContaining("--native lets SQS do that")]);
  });

  it("moves to another queue at the rate that is asked for, and cancels at Ctrl-C", async () => {
    await using lab = await openFed(25);
    await lab.queue("elsewhere");
    const world = start(lab, ["--to", "queue:elsewhere", "--native", "--rate", "10", "--yes", "--json"]);
    const running = runIn(world);
    const pressed = (async () => {
      await expect.poll(async () => (await lab.counts("elsewhere")).visible).toBeGreaterThan(3);
      world.signal();
    })();
    await lab.wind(running);
    await pressed;
    const { code, err, lines } = await running;
    expect(code, err).toBe(130);
    const [end] = lines();
    expect(end).toMatchObject({ status: "cancelled" });
    const there = (await lab.counts("elsewhere")).visible;
    expect(there).toBeGreaterThan(3);
    expect(there).toBe(end!.moved);
    expect((await lab.counts("dlq")).visible).toBe(25 - there);
  });

  it("refuses a queue that EventBridge feeds, in plain words", async () => {
    await using lab = await openLab();
    await lab.queue("dlq");
    await lab.send("dlq", event("e1"), failure("shop/bill", arnOf("billing")));
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "source", "--native", "--yes"]);
    expect([code, err]).toEqual([
      4,
      "evb: error: SQS moves only what a redrive policy has put into a queue, and no queue's redrive policy names dlq: EventBridge, Lambda and SNS write to it directly\nhint: evb dlq redrive dlq sends each message to the target that failed\n",
    ]);
    expect(await lab.counts("dlq")).toEqual({ visible: 1, hidden: 0 });
  });

  it.each([
    [["--to", "source", "--error-code", "X"], "--native cannot be combined with --error-code"],
    [["--to", "source", "--older-than", "1h"], "--native cannot be combined with --older-than"],
    [["--to", "source", "--max", "3"], "--native cannot be combined with --max"],
    [["--to", "source", "--canary", "3"], "--native cannot be combined with --canary"],
    [["--to", "target"], "--native moves from queue to queue only"],
    [["--to", "source", "--rate", "0.5"], "--rate 0.5: with --native SQS takes whole numbers from 1 to 500"],
  ])("refuses %j", async (args, words) => {
    await using lab = await openLab();
    const { code, err } = await lab.dlq(["redrive", "dlq", "--native", "--yes", ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  it("says that a task is running already, how far it is and how to end it", async () => {
    await using lab = await openFed(5);
    const { StartMessageMoveTaskCommand } = await import("@aws-sdk/client-sqs");
    const slow = { SourceArn: arnOf("dlq"), MaxNumberOfMessagesPerSecond: 1 };
    const { TaskHandle } = await lab.sqs.send(new StartMessageMoveTaskCommand(slow));
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "source", "--native", "--yes"]);
    expect(code).toBe(4);
    expect(err).toContain("a move task of queue dlq is running already: 0 of about 5 messages moved");
    expect(err).toContain(`or end it: aws sqs cancel-message-move-task --task-handle ${TaskHandle}`);
  });

  it("tells why SQS gave up, and ends with 3", async () => {
    await using lab = await openFed(3);
    await lab.send("dlq", event("direct"), failure("shop/bill", arnOf("billing")));
    const running = runIn(start(lab, ["--to", "source", "--native", "--yes"]));
    await lab.wind(running);
    const { code, err } = await running;
    expect(code, err).toBe(3);
    expect(err).toContain("SQS has stopped after 3 of about 4 messages");
    expect(err).toContain("CouldNotDetermineMessageSource");
    expect(await lab.counts("dlq")).toEqual({ visible: 1, hidden: 0 });
  });

  it("says that SQS may go on when it can be watched no longer", async () => {
    await using lab = await openFed(25);
    const code = "AccessDeniedException";
    const message = "not now";
    const nth = [2, 3];
    lab.local.faults.add({
      operation: "ListMessageMoveTasks",
      kind: "error",
      status: 403,
      code,
      message,
      nth,
    });
    const running = runIn(start(lab, ["--to", "source", "--native", "--yes"]));
    await lab.wind(running);
    const { code: exit, err } = await running;
    expect([exit, err]).toEqual([
      4,
      expect.stringContaining("not watched any longer: SQS may still be moving messages of queue dlq"),
    ]);
  });

  it("plans without starting anything", async () => {
    await using lab = await openFed(3);
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "source", "--native", "--dry-run"]);
    expect([code, err]).toEqual([0, expect.stringContaining("SQS would move about 3 messages of queue dlq")]);
    expect(lab.local.faults.calls("StartMessageMoveTask")).toBe(0);
  });
});

describe("a plain move to the source", () => {
  it("hints at --native where nobody can be asked, and moves by itself", async () => {
    await using lab = await openFed(3);
    const { code, err } = await lab.dlq(["redrive", "dlq", "--to", "source", "--yes"]);
    expect(code, err).toBe(0);
    expect(err).toContain("hint: every message goes back to where it came from: --native lets SQS do that");
    expect((await lab.counts("work")).visible).toBe(3);
    expect(lab.local.faults.calls("StartMessageMoveTask")).toBe(0);
  });

  it("asks at a terminal", async () => {
    await using lab = await openFed(3);
    const keys = async function* () {
      await expect.poll(() => world.err(), { timeout: 5000 }).toContain("let SQS move them itself");
      yield "y\r";
    };
    const world = start(lab, ["--to", "source"], { tty: true, stdin: keys() });
    const running = runIn(world);
    await lab.wind(running);
    const { code, err } = await running;
    expect(code, err).toBe(0);
    expect(err).toContain("evb: SQS has moved 3 of about 3 messages");
  });
});
