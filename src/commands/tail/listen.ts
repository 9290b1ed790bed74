import { renewCredentials } from "../../aws/credentials.ts";
import { Exit } from "../../core/exit.ts";
import type { Watch } from "../../core/tail/choice.ts";
import type { Signals, Stop, World } from "../../shell/world.ts";
import type { Connection } from "../connect.ts";
import { renewLease } from "../lease.ts";
import type { Clients } from "../temporary.ts";
import { unlessAborted } from "../unless-aborted.ts";
import type { TailOptions } from "./command.ts";
import { Follower, type FollowPlan } from "./follow.ts";
import { execHandler, forwardHandler } from "./handler.ts";
import type { HandlerOptions } from "./handler-flags.ts";
import type { TailHappening, Tally } from "./happening.ts";
import type { Parts } from "./parts.ts";
import { getReady } from "./ready.ts";
import { countUnhandled } from "./unhandled.ts";
import type { Wish } from "./wish.ts";

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
  readonly watches: readonly Watch[];
  readonly parts: Parts;
  readonly signals: Signals;
}

/** How listening ended. */
export interface Ended {
  readonly exit: number;
  readonly tally: Tally;
  readonly ms: number;
}

/** From the moment when everything is made until `--max`, `--timeout`, a signal or an error. */
export async function* listen(scene: Scene): AsyncGenerator<TailHappening, Ended> {
  const { options, world, parts, signals } = scene;
  const follower = new Follower(followPlan(scene));
  const ends = [
    endWith(follower, signals),
    renewLease(parts.tails, world.clock, (error) => follower.fail(error)),
  ];
  let started = world.clock.now();
  const onReady = () => {
    started = world.clock.now();
    if (options.timeout !== undefined)
      ends.push(world.clock.after(options.timeout, () => follower.stop("timeout")));
  };
  // Beside the reading: on a busy bus the canary comes in among others.
  const ready = getReady(scene, follower, onReady).catch((error) => follower.fail(error));
  try {
    yield* follower.happenings();
    const unhandled = follower.stopped === "max" ? 0 : await countUnhandled(scene);
    if (unhandled > 0) yield { kind: "unhandled", count: unhandled };
    yield { kind: "ending", names: parts.tails.map(({ setup }) => setup.name) };
    return {
      exit: exitOf(follower, options, signals),
      tally: follower.tally,
      ms: world.clock.now() - started,
    };
  } finally {
    for (const end of ends) end();
    await unlessAborted(Promise.all([follower.leave(), ready]), signals.stopNow);
  }
}

function exitOf(follower: Follower, { max }: TailOptions, signals: Signals): number {
  const { events, failed } = follower.tally;
  if (follower.stopped === "signal") return stopOf(signals).exit;
  if (follower.stopped === "timeout" && events < (max ?? 1)) return Exit.negative;
  return failed > 0 ? Exit.partly : Exit.done;
}

function followPlan({ options, wish, world, clients, connection, watches, parts }: Scene): FollowPlan {
  const { max, handler } = options;
  return {
    world,
    sqs: clients.sqs,
    renew: async () => {
      await Promise.all([clients.sqs, clients.events].map(renewCredentials));
    },
    queues: parts.tails.map(({ queueUrl }, index) => ({ url: queueUrl!, mark: watches[index]!.mark })),
    patience: connection.local ? patience.local : patience.aws,
    newUntil: world.clock.now() + (connection.local ? 0 : newQueueMs),
    max,
    passes: wish.passes,
    canary: parts.canary?.name,
    handling: handler && handlingOf(world, handler),
    save: wish.save,
    failed: wish.failed,
    mayStay: options.keep,
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
