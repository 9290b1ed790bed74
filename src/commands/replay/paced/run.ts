import { parseArn } from "../../../core/arn.ts";
import type { Clock } from "../../../core/clock.ts";
import { Exit } from "../../../core/exit.ts";
import { steadyClock } from "../../../core/pace.ts";
import { groupsOf, planWindowMs, Schedule, windowLimits } from "../../../core/replay/paced.ts";
import type { Bus } from "../../../core/route/index.ts";
import { makeTailName } from "../../../core/tail/name.ts";
import { planSetup } from "../../../core/tail/setup.ts";
import { lease } from "../../../core/tail/tags.ts";
import type { Signals, Stop, World } from "../../../shell/world.ts";
import { commandLine, whereFlags } from "../../command-line.ts";
import type { Connection } from "../../connect.ts";
import { renewLease } from "../../lease.ts";
import type { Stage } from "../../stage.ts";
import { type Clients, ownerOf } from "../../temporary.ts";
import { TemporaryTail } from "../../temporary-tail.ts";
import type { StartOptions } from "../command.ts";
import type { ReplayPlan } from "../happening.ts";
import type { OpenedPlan } from "../plan.ts";
import type { PacedHappening } from "./happening.ts";
import { type Archived, ArchiveReader } from "./read-window.ts";
import { sendTogether } from "./send.ts";
import { Tally } from "./tally.ts";

export interface PacedWish extends OpenedPlan {
  readonly options: StartOptions;
  readonly connection: Connection;
}

/** A new rule takes a moment to be in force, and a replay does not wait for it. */
const propagationMs = { aws: 10_000, local: 0 } as const;
/** Between two looks at what is going on. */
const lookMs = 500;

type Story<T> = AsyncGenerator<PacedHappening, T>;

/** Reads the archive through a rule and a queue of our own, and puts its events again; removes both, however it ends. */
export async function* runPaced(wish: PacedWish, stage: Stage): Story<number> {
  const { connection, bus, plan, options } = wish;
  const { world } = stage;
  const clients = { events: await connection.events(), sqs: await connection.sqs() };
  using signals = world.signals();
  const tail = planTail(plan.name, bus, clients, world);
  // A clock that is set back must hold up neither the reading nor the events.
  const clock = steadyClock(world.clock);
  const tally = new Tally(clock.now());
  const schedule = new Schedule(plan.paced!.speed);
  let isWhole = false;
  try {
    if (await tail.create(signals)) {
      await world.clock.sleep(connection.local ? propagationMs.local : propagationMs.aws, signals.stop);
      isWhole = yield* sendAll(wish, clients, tail, { tally, schedule, signals, world, clock });
    }
  } finally {
    const remnants = await tail.remove(signals.stopNow);
    if (remnants?.length !== 0) yield { kind: "paced-left", name: tail.setup.name };
    const goOn = isWhole ? undefined : goOnCommand(options, plan, tally, stage);
    const tookMs = clock.now() - tally.begun;
    yield { kind: "paced-end", tally: tally.now(), tookMs, slipMs: schedule.slipMs, goOn };
  }
  if (signals.stop.aborted) return (signals.stop.reason as Stop).exit;
  return tally.now().failed > 0 ? Exit.partly : Exit.done;
}

function planTail(name: string, bus: Bus, clients: Clients, world: World): TemporaryTail {
  const created = world.clock.now();
  const home = parseArn(bus.arn)!;
  const setup = planSetup({
    ...{ name: makeTailName(created, world.random), home, bus: bus.name, input: {}, state: "ENABLED" },
    // Nothing but what our own replays deliver.
    pattern: JSON.stringify({ "replay-name": [{ prefix: `${name}-` }] }),
    tags: { owner: ownerOf(world), created, expires: created + lease.ms },
  });
  return new TemporaryTail(clients, setup, { name: bus.name, home }, world.clock);
}

interface Sending {
  readonly tally: Tally;
  readonly schedule: Schedule;
  readonly signals: Signals;
  readonly world: World;
  readonly clock: Clock;
}

/** While a window is sent, the next one is read. True when the end was reached. */
async function* sendAll(
  { connection, plan, archive, bus, target }: PacedWish,
  clients: Clients,
  tail: TemporaryTail,
  sending: Sending,
): Story<boolean> {
  const { signals, world, clock } = sending;
  const lost = new AbortController();
  const stop = AbortSignal.any([signals.stop, lost.signal]);
  const release = renewLease([tail], world.clock, (error) => lost.abort(error));
  let read: PacedHappening | undefined;
  const { local, where } = connection;
  const reader = new ArchiveReader(
    {
      ...{ ...clients, clock, local, where, name: plan.name, stop },
      ...{ archiveArn: archive.ArchiveArn!, busArn: bus.arn, ruleArn: tail.setup.ruleArn },
      queueUrl: tail.queueUrl!,
      limits: windowLimits,
      onProgress: (events, { from, to }) => {
        read = { kind: "paced-reading", events, from, to };
      },
    },
    plan.from,
    plan.to,
    planWindowMs(
      { ...plan.archive, createdAt: archive.CreationTime?.getTime() ?? plan.from },
      world.clock.now(),
    ),
  );
  try {
    for (let next = readAhead(reader); ; ) {
      while (!(await isSettled(next, clock))) if (read !== undefined) yield read;
      const window = await next;
      if (lost.signal.aborted) throw lost.signal.reason;
      if (window === undefined) return !signals.stop.aborted;
      next = readAhead(reader);
      for (const group of groupsOf(window, plan.paced!.speed))
        if (!(yield* sendGroup(group, target, clients, { ...sending, stop }))) {
          if (lost.signal.aborted) throw lost.signal.reason;
          return false;
        }
    }
  } finally {
    release();
    lost.abort();
    await reader.close();
  }
}

/** An error of it is met when it is waited for. */
function readAhead(reader: ArchiveReader): Promise<readonly Archived[] | undefined> {
  const next = reader.next();
  next.catch(() => {});
  return next;
}

async function isSettled(work: Promise<unknown>, clock: Clock): Promise<boolean> {
  const done = new AbortController();
  const settled = work.then(
    () => true,
    () => true,
  );
  const isDone = await Promise.race([settled, clock.sleep(lookMs, done.signal).then(() => false)]);
  done.abort();
  return isDone;
}

/** Waits until a group is due, and sends it. False when a signal came first. */
async function* sendGroup(
  group: readonly Archived[],
  target: Bus,
  { events }: Clients,
  { tally, schedule, signals, world, clock, stop }: Sending & { readonly stop: AbortSignal },
): Story<boolean> {
  const { time } = group[0]!;
  const due = schedule.due(time, clock.now());
  while (clock.now() < due && !stop.aborted) {
    await clock.sleep(Math.min(lookMs, due - clock.now()), stop);
    yield { kind: "paced-progress", tally: tally.now(), time };
  }
  if (stop.aborted) return false;
  const outcomes = await sendTogether(group, target.arn, events, world, signals.stopNow);
  tally.count(outcomes, group.at(-1)!.time);
  yield { kind: "paced-sent", outcomes };
  return true;
}

/** From the second on in which the last event was sent: some of it may come twice, none is left out. */
function goOnCommand(options: StartOptions, plan: ReplayPlan, tally: Tally, { global }: Stage): string {
  const iso = (ms: number) => new Date(ms).toISOString().replace(".000", "");
  const { speed, to } = options.paced!;
  return commandLine([
    ...["replay", "start", options.archive, "--since", iso(tally.upTo ?? plan.from), "--until", iso(plan.to)],
    ...["--paced", `${speed}x`, ...(to === undefined ? [] : ["--to", to])],
    ...whereFlags(global),
  ]);
}
