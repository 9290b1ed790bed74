import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  EventBridgeClient,
  ListReplaysCommand,
  ListRulesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, ListQueuesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, it, vi } from "vitest";
import { type Archived, ArchiveReader } from "../../../src/commands/replay/paced/read-window.ts";
import { sendTogether } from "../../../src/commands/replay/paced/send.ts";
import { windableClock } from "../../../src/local/clock.ts";
import type { FaultKind } from "../../../src/local/faults.ts";
import { startLocal } from "../../../src/local/start.ts";
import { makeWorld, type Outcome, runEvb, runIn, type TestWorld } from "../../world.ts";

const now = Date.parse("2026-01-02T12:00:00Z");
const account = "000000000000";
const arnOf = (service: string, resource: string) => `arn:aws:${service}:us-east-1:${account}:${resource}`;

/** Bus `shop` with archive `all`, and bus `copy`; a rule on each sends everything to a queue of its name. One clock for all. */
async function openLab(times: readonly string[]) {
  const clock = windableClock(now);
  const local = await startLocal({ clock });
  const config = {
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "x", secretAccessKey: "x" },
  };
  const events = new EventBridgeClient(config);
  const sqs = new SQSClient(config);
  const Principal = { Service: "events.amazonaws.com" };
  const Policy = JSON.stringify({
    Statement: [{ Effect: "Allow", Principal, Action: "sqs:SendMessage", Resource: arnOf("sqs", "*") }],
  });
  for (const name of ["shop", "copy"]) {
    await events.send(new CreateEventBusCommand({ Name: name }));
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }));
    const rule = { Name: "all", EventBusName: name };
    await events.send(new PutRuleCommand({ ...rule, EventPattern: '{"source":[{"prefix":""}]}' }));
    const Targets = [{ Id: "queue", Arn: arnOf("sqs", name) }];
    await events.send(new PutTargetsCommand({ Rule: "all", EventBusName: name, Targets }));
  }
  const EventSourceArn = arnOf("events", "event-bus/shop");
  await events.send(new CreateArchiveCommand({ ArchiveName: "all", EventSourceArn }));
  for (const [i, time] of times.entries())
    await events.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: "shop",
            Source: "shop",
            DetailType: "Order Placed",
            Detail: `{"n":${i},"big":9007199254740993}`,
            Time: new Date(`2026-01-02T${time}Z`),
          },
        ],
      }),
    );
  /** Bodies of a queue with the time at which each came into it. */
  const received = async (queue: string) => {
    const found: { at: number; body: Record<string, unknown>; text: string }[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: `${local.url}/${account}/${queue}`,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ["All"],
        }),
      );
      if (Messages.length === 0) return found;
      for (const { Body = "", Attributes = {} } of Messages)
        found.push({ at: Number(Attributes.SentTimestamp), body: JSON.parse(Body), text: Body });
    }
  };
  // What comes in now is no concern of a test.
  for (let count = 0; count < times.length; await clock.advance(20)) count += (await received("shop")).length;
  /** Lets the time of emulator and command pass while something is under way. */
  const winding = async <T>(work: Promise<T>, meanwhile?: () => void): Promise<T> => {
    let isOver = false;
    const ended = work.finally(() => {
      isOver = true;
    });
    ended.catch(() => {});
    while (!isOver) {
      await clock.advance(40);
      meanwhile?.();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return ended;
  };
  const start = (...argv: string[]): TestWorld =>
    makeWorld(["replay", "start", "all", "--local", ...argv], { env: { EVB_LOCAL_URL: local.url }, clock });
  return {
    clock,
    faults: local.faults,
    events,
    received,
    start,
    run: (world: TestWorld, meanwhile?: (world: TestWorld) => void): Promise<Outcome> =>
      winding(runIn(world), () => meanwhile?.(world)),
    winding,
    /** Reads the archive from 11:00 to 12:00 through a rule and a queue of the test's. */
    reader: async (
      name: string,
      limit: number,
      { stop = new AbortController().signal, lengthMs = Number.POSITIVE_INFINITY } = {},
    ): Promise<ArchiveReader> => {
      const pattern = JSON.stringify({ "replay-name": [{ prefix: `${name}-` }] });
      const Attributes = { Policy, VisibilityTimeout: "1" };
      await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
      const RuleArn = (
        await events.send(new PutRuleCommand({ Name: name, EventBusName: "shop", EventPattern: pattern }))
      ).RuleArn!;
      const Targets = [{ Id: "queue", Arn: arnOf("sqs", name) }];
      await events.send(new PutTargetsCommand({ Rule: name, EventBusName: "shop", Targets }));
      const reading = {
        ...{
          events,
          sqs,
          clock,
          name,
          local: true,
          where: "the emulator",
          stop,
        },
        ...{ archiveArn: arnOf("events", "archive/all"), busArn: EventSourceArn, ruleArn: RuleArn },
        queueUrl: `${local.url}/${account}/${name}`,
        limits: { events: limit, bytes: 1e6 },
        onProgress: () => {},
      };
      return new ArchiveReader(reading, now - 3_600_000, now, lengthMs);
    },
    /** None when the emulator has gone meanwhile. */
    replays: () =>
      events.send(new ListReplaysCommand({})).then(
        ({ Replays = [] }) => Replays,
        () => [],
      ),
    /** Rules and queues of ours, and replays that still run. */
    left: async () => {
      const rules = (await events.send(new ListRulesCommand({ EventBusName: "shop" }))).Rules ?? [];
      const queues = (await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? [];
      const replays = (await events.send(new ListReplaysCommand({}))).Replays ?? [];
      return [
        ...rules.map(({ Name }) => Name).filter((name) => name?.startsWith("evb-")),
        ...queues.filter((url) => url.includes("/evb-")),
        ...replays.filter(({ State }) => State === "STARTING" || State === "RUNNING"),
      ];
    },
    [Symbol.asyncDispose]: () => local.close(),
  };
}

describe("evb replay start --paced", () => {
  it("puts the events again in order, at their gaps divided by the speed, and fires no rule by the replay", async () => {
    await using lab = await openLab(["11:00:50", "11:00:10", "11:00:20", "11:02:10", "09:00:00"]);
    const argv = ["--since", "2h", "--paced", "40x", "--to", "copy", "--yes", "-q", "--json"];
    const { code, out, err, lines } = await lab.run(lab.start(...argv));
    expect(code, err).toBe(0);
    const [planned, ...sent] = lines();
    expect(planned).toMatchObject({ status: "planned", paced: { speed: 40, to: "copy" } });
    expect(sent.map(({ status, time }) => [status, time])).toEqual([
      ["published", "2026-01-02T11:00:10Z"],
      ["published", "2026-01-02T11:00:20Z"],
      ["published", "2026-01-02T11:00:50Z"],
      ["published", "2026-01-02T11:02:10Z"],
    ]);
    const copies = await lab.received("copy");
    copies.sort((a, b) => a.at - b.at);
    expect(copies.map(({ body }) => (body.detail as { n: number }).n)).toEqual([1, 2, 0, 3]);
    expect(copies.map(({ body }) => body.id)).toEqual(sent.map(({ eventId }) => eventId));
    expect(copies[0]!.text).toContain('"time":"2026-01-02T11:00:10Z"');
    expect(copies[0]!.text).toContain('"big":9007199254740993');
    expect(copies[0]!.text).not.toContain("replay-name");
    // 10, 30 and 80 seconds at forty times the speed.
    const gaps = copies.slice(1).map(({ at }, i) => at - copies[i]!.at);
    // Calls take their time, and the clock goes on meanwhile.
    for (const [i, gap] of [250, 750, 2000].entries()) {
      expect(gaps[i], out).toBeGreaterThan(gap - 150);
      expect(gaps[i], out).toBeLessThan(gap + 500);
    }
    // The bus's own rule saw neither the replay nor, as another bus was meant, the new events.
    expect(await lab.received("shop")).toEqual([]);
    expect(await lab.left()).toEqual([]);
  });

  it("reads what is too much for memory in halves, each event once, and says which minute cannot be halved", async () => {
    const times = ["11:00:10", "11:00:20", "11:20:00", "11:40:00", "11:40:00", "11:40:30"];
    await using lab = await openLab(times);
    const read = async (limit: number) => {
      const found: (readonly Archived[])[] = [];
      const reader = await lab.reader(`r${limit}`, limit);
      for (let next = await reader.next(); next !== undefined; next = await reader.next()) found.push(next);
      return found.map((window) => window.map(({ time }) => new Date(time).toISOString().slice(11, 19)));
    };
    expect(await lab.winding(read(3))).toEqual([times.slice(0, 3), times.slice(3)]);
    await expect(lab.winding(read(2))).rejects.toThrow(
      "the minute from 2026-01-02T11:40:00.000Z holds more than 2 events",
    );
  });

  it("knows what comes again because it could not be deleted, also in the next window", async () => {
    const times = ["11:00:10", "11:00:20", "11:20:00", "11:40:00", "11:40:00", "11:40:30"];
    await using lab = await openLab(times);
    const entries = Array.from({ length: 10 }, (_, i) => i);
    lab.faults.add({ operation: "DeleteMessageBatch", kind: "fail-entries", entries });
    const reader = await lab.reader("again", 10, { lengthMs: 1_800_000 });
    const first = await lab.winding(reader.next());
    await lab.clock.advance(1000);
    const second = await lab.winding(reader.next());
    expect([first?.length, second?.length]).toEqual([3, 3]);
    expect(new Set([...first!, ...second!].map(({ id }) => id)).size).toBe(6);
  });

  it("cancels a replay that was just about to be made when the end came", async () => {
    await using lab = await openLab(["11:00:10"]);
    const stop = new AbortController();
    const reader = await lab.reader("late", 3, { stop: stop.signal });
    let begin = () => {};
    const isBegun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    let go = () => {};
    const mayGo = new Promise<void>((resolve) => {
      go = resolve;
    });
    lab.events.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === "StartReplayCommand") begin();
          if (commandName === "StartReplayCommand") await mayGo;
          return next(args);
        },
      { step: "finalizeRequest" },
    );
    const next = reader.next();
    await isBegun;
    stop.abort();
    const closed = reader.close();
    // As long as it takes to see that there is none.
    await new Promise((resolve) => setTimeout(resolve, 30));
    go();
    expect(await Promise.all([next, closed])).toEqual([undefined, undefined]);
    expect((await lab.replays()).map(({ State }) => State)).toEqual(["CANCELLING"]);
  });

  it("skips what only AWS may send, and names what AWS refuses", async () => {
    await using lab = await openLab([]);
    const body = (source: string, detail: object) =>
      JSON.stringify({ id: source, source, "detail-type": "T", time: "2026-01-02T11:00:00Z", detail });
    const archived = [body("aws.ec2", {}), body("shop", { n: 1 }), body("", {})].map((text, i) => ({
      ...{ id: String(i), time: 0, body: text },
    }));
    const world = makeWorld([]);
    const outcomes = await sendTogether(archived, "shop", lab.events, world, world.signals().stopNow);
    expect(outcomes).toMatchObject([
      { id: "0", status: "skipped", reason: "only AWS may send from a source that begins with aws." },
      { id: "2", status: "failed", reason: "source must be a text, found an empty one" },
      { id: "1", status: "published" },
    ]);
  });

  it("says how long it took, and that the archive takes the events once more", async () => {
    await using lab = await openLab(["11:00:10"]);
    const { code, err } = await lab.run(lab.start("--since", "2h", "--paced", "1000x", "--yes"));
    expect([code, err]).toEqual([0, expect.stringMatching(/evb: 1 event sent, in \d+(ms|s)\n/)]);
    expect(err).toContain("note: archives of event bus shop take the events a second time");
    expect((await lab.received("shop")).map(({ body }) => body.time)).toEqual(["2026-01-02T11:00:10Z"]);
  });

  it("is not held up by a clock that is set back", async () => {
    await using lab = await openLab(["11:00:10", "11:00:20"]);
    const { clock } = lab;
    const world = lab.start("--since", "2h", "--paced", "100x", "--yes", "--json");
    const backMs = () => (world.out().includes("11:00:10Z") ? 3_600_000 : 0);
    const outcome = await lab.run(
      Object.assign(world, {
        clock: {
          now: () => clock.now() - backMs(),
          after: (ms: number, task: () => void) => clock.after(ms, task),
          sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms, signal),
        },
      }),
    );
    expect([outcome.code, outcome.err]).toEqual([0, expect.stringContaining("evb: 2 events sent, in ")]);
  });

  it("shows the plan in a dry run, and makes nothing", async () => {
    await using lab = await openLab(["11:00:10"]);
    const { code, out } = await lab.run(lab.start("--since", "2h", "--paced", "10x", "--dry-run"));
    expect(code).toBe(0);
    expect(out).toContain("put again on bus shop at the gaps at which they came, 10x as fast: 12m at most");
    expect(out).toContain("→ all  queue");
    expect((await lab.events.send(new ListReplaysCommand({}))).Replays).toEqual([]);
    expect(await lab.left()).toEqual([]);
  });

  it("ends at Ctrl-C with everything removed, and says which command goes on", async () => {
    await using lab = await openLab(["11:00:10", "11:00:20", "11:50:00"]);
    const world = lab.start(
      "--since",
      "2h",
      "--until",
      "2026-01-02T11:55:00Z",
      "--paced",
      "5x",
      "--to",
      "copy",
      "--yes",
      "--json",
    );
    let isPressed = false;
    const outcome = await lab.run(world, ({ out }) => {
      if (isPressed || !out().includes("11:00:20Z")) return;
      isPressed = true;
      world.signal();
    });
    expect(outcome.code).toBe(130);
    expect(outcome.err).toContain(
      "hint: to go on: evb replay start all --since 2026-01-02T11:00:20Z --until 2026-01-02T11:55:00Z --paced 5x --to copy --local\n",
    );
    expect(await lab.received("copy")).toHaveLength(2);
    expect(await lab.left()).toEqual([]);
  });

  it("ends at Ctrl-C while it reads with its replay cancelled", async () => {
    await using lab = await openLab(["11:00:10", "11:10:00", "11:20:00", "11:30:00"]);
    const world = lab.start("--since", "2h", "--paced", "--yes");
    let isPressed = false;
    const outcome = await lab.run(world, () => {
      void lab.replays().then((replays) => {
        if (isPressed || replays.length === 0) return;
        isPressed = true;
        world.signal();
      });
    });
    expect([outcome.code, outcome.err]).toEqual([130, expect.stringContaining("evb: 0 events sent")]);
    expect(await lab.left()).toEqual([]);
  });

  it.each<[string, FaultKind, number, string]>([
    ["StartReplay", { kind: "lose-answer" }, 0, "evb: 2 events sent"],
    [
      "ReceiveMessage",
      { kind: "error", status: 400, code: "AccessDeniedException" },
      4,
      "--since 2026-01-02T10:",
    ],
    ["PutTargets", { kind: "error", status: 400, code: "AccessDeniedException" }, 4, "evb: 0 events sent"],
    ["PutEvents", { kind: "fail-entries", entries: [0] }, 0, "evb: 2 events sent"],
    [
      "PutEvents",
      { kind: "fail-entries", entries: [0], code: "NotAuthorizedForSourceException" },
      3,
      "1 event sent, 1 not sent",
    ],
  ])("leaves nothing behind where %s fails (%j)", async (operation, kind, exit, words) => {
    await using lab = await openLab(["11:00:10", "11:00:20"]);
    lab.faults.add({ operation, nth: 1, ...kind });
    const argv = ["--since", "2h", "--paced", "100x", "--to", "copy", "--yes"];
    const { code, err } = await lab.run(lab.start(...argv));
    expect([code, err]).toEqual([exit, expect.stringContaining(words)]);
    expect(await lab.received("copy")).toHaveLength(exit === 4 ? 0 : exit === 3 ? 1 : 2);
    expect(await lab.left()).toEqual([]);
  });

  it.each([
    ["StartReplay", 4, "StartReplay: no answer from"],
    ["PutEvents", 0, "evb: 2 events sent"],
  ])("does not wait for ever where %s has no answer", async (operation, exit, words) => {
    await using lab = await openLab(["11:00:10", "11:00:20"]);
    lab.faults.add({ operation, nth: 1, kind: "hang" });
    const inTime = setTimeout;
    // A minute lasts a moment.
    const hurry = ((task: () => void, ms?: number) =>
      inTime(task, ms === 60_000 ? 300 : ms)) as unknown as typeof setTimeout;
    const minutes = vi.spyOn(globalThis, "setTimeout").mockImplementation(hurry);
    const argv = ["--since", "2h", "--paced", "100x", "--to", "copy", "--yes"];
    const { code, err } = await lab.run(lab.start(...argv));
    minutes.mockRestore();
    expect([code, err]).toEqual([exit, expect.stringContaining(words)]);
    expect(await lab.left()).toEqual([]);
  });

  it.each<[readonly string[], string]>([
    [["--paced", "fast"], "expected a speed such as 10x"],
    [["--paced", "--rule", "all"], "cannot be used with option '--rule <name>'"],
    [["--paced", "--detach"], "cannot be used with option '--detach'"],
    [["--to", "copy"], "--paced was not given"],
    [["--paced", "--name", "n".repeat(60)], "at most 58 are allowed"],
  ])("refuses %j", async (argv, words) => {
    const { code, err } = await runEvb([
      "replay",
      "start",
      "all",
      "--local",
      "--since",
      "2h",
      "--yes",
      ...argv,
    ]);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });
});
