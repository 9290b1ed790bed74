import { Exit } from "../../core/exit.ts";
import { findBus } from "../bus.ts";
import type { Stage } from "../stage.ts";
import { clearUp } from "./clear-up.ts";
import type { TailOptions } from "./command.ts";
import type { TailHappening } from "./happening.ts";
import { type Ended, listen, stopOf } from "./listen.ts";
import { createParts, planParts } from "./parts.ts";
import { chooseWatches } from "./watch.ts";
import { openWish } from "./wish.ts";

/** Makes a queue and a rule for all that is watched, tells what comes in, and removes both, however it ends. */
export async function* runTail(options: TailOptions, stage: Stage): AsyncGenerator<TailHappening, number> {
  const { world } = stage;
  await using wish = await openWish(world, options);
  const connection = await stage.connect();
  const bus = await findBus(connection, options.bus);
  const clients = { events: await connection.events(), sqs: await connection.sqs() };
  const watches = await chooseWatches(options, wish.pattern, bus, clients.events);
  for (const text of watches.flatMap(({ notes }) => notes)) yield { kind: "note", text };
  const parts = planParts(options, watches, bus, clients, world);

  using signals = world.signals();
  let ended: Ended | undefined;
  let mayStay = options.keep;
  let removed: readonly string[] | undefined;
  try {
    if (await createParts(parts, signals))
      ended = yield* listen({ options, wish, world, clients, connection, watches, parts, signals });
  } catch (error) {
    mayStay = false;
    throw error;
  } finally {
    removed = yield* clearUp(parts, mayStay, signals);
  }
  if (ended === undefined) return stopOf(signals).exit;
  yield { kind: "summary", tally: ended.tally, ms: ended.ms, removed: removed ?? [] };
  return removed !== undefined || ended.exit !== Exit.done ? ended.exit : Exit.partly;
}
