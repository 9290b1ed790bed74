/**
 * Where the services say what of their state has changed, so that it can be kept. A thing has a kind
 * (`sqs.queue`) and an id; what is kept of it is asked for when it is written, once for many changes.
 */
export interface Ledger {
  /** The thing is new or has changed. */
  put(kind: string, id: string, render: () => unknown): void;
  /** The thing is gone. */
  drop(kind: string, id: string): void;
  /** All things of the kind are gone. */
  dropAll(kind: string): void;
}

/** One thing as it is kept: its value is JSON. */
export type Kept = readonly [kind: string, id: string, value: unknown];

/** What was kept, for a service to begin with. */
export interface Saved {
  /** The things of a kind by id, in the order in which they came to be. `T` is what the same service once put. */
  of<T>(kind: string): ReadonlyMap<string, T>;
}

/** The part of a service that keeps its state. */
export interface Keeper {
  /** All that is to be kept, now. */
  snapshot(): Iterable<Kept>;
  /** Begins with what was kept; called once, before the first request. */
  restore(saved: Saved): void;
}
