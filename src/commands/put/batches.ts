import type { Clock } from "../../core/clock.ts";
import { openBatcher } from "../../core/event/batch.ts";
import { putLimits } from "../../core/event/limits.ts";
import { Pace, steadyClock } from "../../core/pace.ts";
import { settled } from "./ahead.ts";
import type { BadItem, GoodItem, Item } from "./items.ts";

/** A batch that is not full goes off when the input has been silent for so long. */
const lingerMs = 100;

/** What goes off together, or a broken event in between. */
export type Piece = readonly GoodItem[] | BadItem;

export interface Batching {
  readonly clock: Clock;
  readonly requestBytes?: number | undefined;
  /** Events a second: how many go together. */
  readonly rate?: number | undefined;
  /** A batch has begun when it is given; whoever sends it says its end. */
  readonly pacer?: Pacer | undefined;
  /** Broken events are handed on, each in its place, and end nothing. */
  readonly skipInvalid: boolean;
  /** Ends the batches when it aborts. */
  readonly stop: AbortSignal;
}

/**
 * Fills batches in input order, by count and bytes. A broken event ends them, unless it may be skipped: what came
 * before it is sent, nothing after it.
 */
export async function* fillBatches(
  items: AsyncGenerator<Item>,
  { clock, requestBytes = putLimits.requestBytes, rate, pacer, skipInvalid, stop }: Batching,
): AsyncGenerator<Piece, BadItem | undefined> {
  const batcher = openBatcher<GoodItem>({ entries: entriesFor(rate), requestBytes });
  let pending: Promise<IteratorResult<Item>> | undefined;
  let broken: BadItem | undefined;
  while (!stop.aborted) {
    pending ??= items.next();
    const step = await settled(pending, stop, batcher.size === 0 ? undefined : { clock, ms: lingerMs });
    if (step !== undefined) pending = undefined;
    if (step?.done) break;
    const item = step?.value;
    const isBroken = item !== undefined && "faults" in item;
    if (isBroken && (!skipInvalid || item.isOther)) {
      broken = item;
      break;
    }
    const batch = item === undefined || isBroken ? batcher.flush() : batcher.add(item);
    for (const full of [batch, !isBroken && item?.endsBatch ? batcher.flush() : undefined]) {
      if (full === undefined) continue;
      await pacer?.begin(full.length);
      if (stop.aborted) return undefined;
      yield full;
    }
    if (isBroken) yield item;
  }
  const last = batcher.flush();
  if (last === undefined || stop.aborted) return broken;
  await pacer?.begin(last.length);
  if (!stop.aborted) yield last;
  return broken;
}

/** A slow rate goes in small batches, ten calls a second, so that it is even and not in bursts. */
const entriesFor = (rate: number | undefined): number =>
  rate === undefined ? putLimits.entries : Math.max(1, Math.min(putLimits.entries, Math.ceil(rate / 10)));

/** The limit of `--rate`, for each call, another try included. */
export interface Pacer {
  /** Resolves when so many events may go; until `end` they are on their way. */
  begin(events: number): Promise<void>;
  /** They have arrived, or never will. */
  end(events: number): void;
}

/**
 * Spreads calls evenly, and holds them back while they would make more events than the rate in any second at the
 * bus, however long calls take; what was lost is not caught up.
 */
export function openPacer(clock: Clock, rate: number | undefined, stop: AbortSignal): Pacer | undefined {
  if (rate === undefined) return undefined;
  const pace = new Pace(rate);
  const steady = steadyClock(clock);
  let due = Number.NEGATIVE_INFINITY;
  return {
    async begin(events) {
      const now = steady.now();
      const start = Math.max(now, due);
      due = start + (events / rate) * 1000;
      if (start > now) await clock.sleep(start - now, stop);
      while (!stop.aborted) {
        const ms = pace.begin(events, clock.now());
        if (ms === 0) return;
        await clock.sleep(ms, stop);
      }
    },
    end: (events) => pace.end(events, clock.now()),
  };
}
