import type { Clock } from "../../core/clock.ts";
import type { BadItem, Item } from "./items.ts";

/** How far is read before the first call. */
export const aheadLimits = {
  events: 10_000,
  bytes: 16 * 1024 * 1024,
  /** A live stream that pauses so long is not waited for. */
  idleMs: 200,
} as const;

export interface Ahead {
  readonly faulty: readonly BadItem[];
  /** The buses that the events name. */
  readonly buses: ReadonlySet<string>;
  /** Events that were read. */
  readonly seen: number;
  /** Events before these, which are not sent. */
  readonly passed: number;
  /** Bytes of the lines that they were read from; 0 where they come from elsewhere. */
  readonly readBytes: number;
  /** About how many there are, where the input was not read to its end. */
  readonly expected?: number | undefined;
  /** The whole input was read. */
  readonly ended: boolean;
  /** A scenario, which cannot be gone on with midway. */
  readonly isScenario?: boolean;
  /** Everything again from the first event on: what was read ahead, then the rest. */
  readonly items: AsyncGenerator<Item>;
}

/**
 * Reads the beginning of the input, so that its faults are known, all of them, before anything is sent; of an input
 * that fits, that is the whole of it.
 */
export async function readAhead(
  source: AsyncGenerator<Item>,
  clock: Clock,
  stop: AbortSignal,
): Promise<Ahead> {
  const read: Item[] = [];
  let bytes = 0;
  let pending: Promise<IteratorResult<Item>> | undefined;
  let ended = false;
  while (read.length < aheadLimits.events && bytes < aheadLimits.bytes && !stop.aborted) {
    pending ??= source.next();
    // The first event may take its time: without it there is nothing to send.
    const step = await settled(
      pending,
      stop,
      read.length === 0 ? undefined : { clock, ms: aheadLimits.idleMs },
    );
    if (step === undefined) break;
    pending = undefined;
    ended = step.done === true;
    if (step.done) break;
    read.push(step.value);
    bytes += "faults" in step.value ? (step.value.text?.length ?? 0) : step.value.bytes;
  }
  const faulty = read.filter((item) => "faults" in item);
  const buses = new Set(read.flatMap((item) => ("entry" in item ? [item.entry.bus!] : [])));
  const seen = read.length;
  const readBytes = read.reduce((sum, item) => sum + (("entry" in item ? item.rawBytes : 0) ?? 0), 0);
  return {
    faulty,
    buses,
    seen,
    passed: read[0]?.index ?? 0,
    readBytes,
    ended,
    items: again(read, pending, source),
  };
}

async function* again(
  read: Item[],
  pending: Promise<IteratorResult<Item>> | undefined,
  source: AsyncGenerator<Item>,
): AsyncGenerator<Item> {
  for (let i = 0; i < read.length; i++) yield read[i]!;
  read.length = 0;
  if (pending) {
    const step = await pending;
    if (step.done) return;
    yield step.value;
  }
  yield* source;
}

/** What a promise gives before `stop` aborts and the time is over, else `undefined`. */
export function settled<T>(
  promise: Promise<T>,
  stop: AbortSignal,
  wait?: { readonly clock: Clock; readonly ms: number },
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return resolve(undefined);
    const giveUp = () => resolve(undefined);
    const cancel = wait?.clock.after(wait.ms, giveUp);
    stop.addEventListener("abort", giveUp, { once: true });
    const release = () => {
      cancel?.();
      stop.removeEventListener("abort", giveUp);
    };
    promise.then(resolve, reject).finally(release);
  });
}
