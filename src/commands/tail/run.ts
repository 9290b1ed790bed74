import { Exit } from "../../core/exit.ts";
import { makeTailName } from "../../core/tail/name.ts";
import { planSetup } from "../../core/tail/setup.ts";
import { lease } from "../../core/tail/tags.ts";
import type { Signals, World } from "../../shell/world.ts";
import { findBus } from "../bus.ts";
import type { Stage } from "../stage.ts";
import type { TailOptions } from "./command.ts";
import type { TailHappening } from "./happening.ts";
import { type Ended, listen, stopOf } from "./listen.ts";
import { TemporaryTail } from "./make.ts";
import { chooseWatch } from "./watch.ts";
import { openWish } from "./wish.ts";

/** Makes a queue and a rule, tells what comes in, and removes both, however it ends. */
export async function* runTail(options: TailOptions, stage: Stage): AsyncGenerator<TailHappening, number> {
  const { world } = stage;
  await using wish = await openWish(world, options);
  const connection = await stage.connect();
  const bus = await findBus(connection, options.bus);
  const clients = { events: await connection.events(), sqs: await connection.sqs() };
  const watch = await chooseWatch(options, wish.pattern, bus, clients.events);
  for (const text of watch.notes) yield { kind: "note", text };

  const created = world.clock.now();
  const name = makeTailName(created, world.random);
  const tags = { owner: ownerOf(world), created, expires: created + lease.ms };
  const setup = planSetup({ ...watch, name, home: bus.home, bus: bus.name, tags });
  const tail = new TemporaryTail(clients, setup, bus, world.clock);

  using signals = world.signals();
  let ended: Ended | undefined;
  let mayStay = options.keep;
  let isClean = true;
  try {
    const queueUrl = await tail.create(signals);
    if (queueUrl !== undefined)
      ended = yield* listen({ options, wish, world, clients, connection, tail, signals, setup, queueUrl });
  } catch (error) {
    mayStay = false;
    throw error;
  } finally {
    isClean = yield* clearUp(tail, { name, bus: bus.name, mayStay }, signals);
  }
  if (ended === undefined) return stopOf(signals).exit;
  yield {
    kind: "summary",
    tally: ended.tally,
    ms: ended.ms,
    removed: isClean && !mayStay ? name : undefined,
  };
  return isClean || ended.exit !== Exit.done ? ended.exit : Exit.partly;
}

/**
 * Removes what was made, or leaves it with `--keep`. Whoever stops asking at a `yield` does not come back (a closed pipe), so
 * nothing is told before everything is done. The result: nothing is left that should not be.
 */
async function* clearUp(
  tail: TemporaryTail,
  { name, bus, mayStay }: { name: string; bus: string; mayStay: boolean },
  { stopNow }: Signals,
): AsyncGenerator<TailHappening, boolean> {
  const queueUrl = tail.queueUrl;
  if (mayStay && queueUrl !== undefined) {
    await tail.keep(stopNow);
    yield { kind: "kept", name, bus, queueUrl };
    return true;
  }
  const remnants = await tail.remove(stopNow);
  if (remnants?.length === 0) return true;
  yield { kind: "left", name, bus, remnants };
  return false;
}

/** Whose it is, for whoever finds it in a shared account. */
function ownerOf({ env }: World): string {
  const user = env.USER ?? env.LOGNAME ?? env.USERNAME ?? "unknown";
  return env.HOSTNAME ? `${user}@${env.HOSTNAME}` : user;
}
