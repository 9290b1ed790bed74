import { putLimits } from "./limits.ts";

export interface BatchLimits {
  readonly entries: number;
  /** The sum of a batch stays below this. */
  readonly requestBytes: number;
}

/** Fills batches in the order in which items come: a batch is full when the next item would break a limit. */
export interface Batcher<T> {
  readonly size: number;
  /** Takes an item; returns the batch that had to be closed before it, or that it has just filled. */
  add(item: T): readonly T[] | undefined;
  /** What is left, if anything. */
  flush(): readonly T[] | undefined;
}

/** `bytes` must be below the limit for every item: what is larger is refused before. */
export function openBatcher<T extends { readonly bytes: number }>(
  limits: BatchLimits = putLimits,
): Batcher<T> {
  let items: T[] = [];
  let bytes = 0;
  const flush = () => {
    if (items.length === 0) return undefined;
    const full = items;
    items = [];
    bytes = 0;
    return full;
  };
  return {
    get size() {
      return items.length;
    },
    add(item) {
      // `>=`, because AWS demands less than the limit.
      const closed = items.length >= limits.entries || bytes + item.bytes >= limits.requestBytes;
      const full = closed ? flush() : undefined;
      items.push(item);
      bytes += item.bytes;
      return full ?? (items.length >= limits.entries ? flush() : undefined);
    },
    flush,
  };
}

/** All batches of a list. */
export function planBatches<T extends { readonly bytes: number }>(
  items: Iterable<T>,
  limits?: BatchLimits,
): (readonly T[])[] {
  const batcher = openBatcher<T>(limits);
  const batches: (readonly T[])[] = [];
  const keep = (batch: readonly T[] | undefined) => {
    if (batch) batches.push(batch);
  };
  for (const item of items) keep(batcher.add(item));
  keep(batcher.flush());
  return batches;
}
