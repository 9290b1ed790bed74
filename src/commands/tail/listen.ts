import type { Clock } from "../../core/clock.ts";
import { Exit } from "../../core/exit.ts";
import type { TailSetup } from "../../core/tail/setup.ts";
import { lease } from "../../core/tail/tags.ts";
import type { Signals, Stop, World } from "../../shell/world.ts";
import type { Connection } from "../connect.ts";
import type { Clients } from "../temporary.ts";
import type { HandlerOptions, TailOptions } from "./command.ts";
import { Follower, type FollowPlan } from "./follow.ts";
import { execHandler, forwardHandler } from "./handler.ts";
import type { TailHappening, Tally } from "./happening.ts";
import { countLeftovers } from "./leftovers.ts";
import type { TemporaryTail } from "./make.ts";
import { unlessAborted } from "./patience.ts";
import type { Wish } from "./wish.ts";

/** PutRule asks for "a short period of time" until a rule is in force. The emulator needs none. */
const settleMs = 2000;
/** SQS promises a new queue after a second; some of its servers take longer. */
const newQueueMs = 10_000;
/** Failures of polling in a row that are borne: a minute or two. An emulator that has gone took its queues with it. */
const patience = { aws: 10, local: 3 } as const;

export interface Scene {
  readonly options: TailOptions;
  readonly wish: Wish;
  readonly world: World;
  readonly clients: Clients;
  readonly connection: Connection;
  readonly tail: TemporaryTail;
  readonly signals: Signals;
  readonly setup: TailSetup;
  readonly queueUrl: string;
}

/** How listening ended. */
export interface Ended {
  readonly exit: number;
  readonly tally: Tally;
  readonly ms: number;
}

/** From the moment when everything is in place until `--max`, `--timeout`, a signal or an error. */
export async function* listen(scene: Scene): AsyncGenerator<TailHappening, Ended> {
  const { options, world, clients, connection, tail, signals, setup } = scene;
  const follower = new Follower(followPlan(scene));
  const ends = [endWith(follower, signals), renewing(tail, world.clock)];
  try {
    const leftovers = countLeftovers(clients.sqs, world.clock.now());
    if (!connection.local) await world.clock.sleep(settleMs, signals.stop);
    const count = await unlessAborted(leftovers, signals.stop);
    if (count) yield { kind: "leftovers", count };
    const started = world.clock.now();
    const { Name: name, EventBusName: bus, EventPattern: pattern } = setup.rule;
    if (!signals.stop.aborted) yield { kind: "listening", name, bus, pattern };
    if (options.timeout !== undefined)
      ends.push(world.clock.after(options.timeout, () => follower.stop("timeout")));
    yield* follower.happenings();
    yield { kind: "ending", name };
    return {
      exit: exitOf(follower, options, signals),
      tally: follower.tally,
      ms: world.clock.now() - started,
    };
  } finally {
    for (const end of ends) end();
    await unlessAborted(follower.leave(), signals.stopNow);
  }
}

function exitOf(follower: Follower, { max }: TailOptions, signals: Signals): number {
  const { events, failed } = follower.tally;
  if (follower.stopped === "signal") return stopOf(signals).exit;
  if (follower.stopped === "timeout" && events < (max ?? 1)) return Exit.negative;
  return failed > 0 ? Exit.partly : Exit.done;
}

function followPlan({ options, wish, world, clients, connection, queueUrl }: Scene): FollowPlan {
  const { max, handler } = options;
  return {
    world,
    sqs: clients.sqs,
    queueUrl,
    patience: connection.local ? patience.local : patience.aws,
    newUntil: world.clock.now() + (connection.local ? 0 : newQueueMs),
    max,
    passes: wish.passes,
    handling: handler && handlingOf(world, handler),
    save: wish.save,
    failed: wish.failed,
  };
}

const handlingOf = (world: World, { kind, to, maxAttempts, timeout, concurrency }: HandlerOptions) => ({
  handler: kind === "exec" ? execHandler(world, to) : forwardHandler(to),
  maxAttempts,
  timeoutMs: timeout,
  concurrency,
});

/** The first signal ends it and is passed on to the commands that run; the second leaves them no time. */
function endWith(follower: Follower, signals: Signals): () => void {
  const stop = () => follower.stop("signal", stopOf(signals).signal);
  const stopNow = () => void follower.leave("SIGKILL");
  signals.stop.addEventListener("abort", stop, { once: true });
  signals.stopNow.addEventListener("abort", stopNow, { once: true });
  if (signals.stop.aborted) stop();
  return () => {
    signals.stop.removeEventListener("abort", stop);
    signals.stopNow.removeEventListener("abort", stopNow);
  };
}

/** Only asked once one of the signals has come. */
export const stopOf = ({ stop }: Signals): Stop => stop.reason as Stop;

/** Renews the expiry tags for as long as the tail is at work. One that fails is made good by the next. */
function renewing(tail: TemporaryTail, clock: Clock): () => void {
  let cancel = () => {};
  let isOver = false;
  const next = () => {
    if (!isOver) cancel = clock.after(lease.renewEveryMs, () => void tail.renew().then(next, next));
  };
  next();
  return () => {
    isOver = true;
    cancel();
  };
}
