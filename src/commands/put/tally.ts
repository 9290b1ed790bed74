import type { Tally } from "./happening.ts";
import type { BadItem } from "./items.ts";
import type { Outcome } from "./send.ts";

/** So many batches in a row without a single event published end the run. */
export const breakerBatches = 5;

/** What a run knows of itself while its outcomes come in, in input order. */
export interface Run {
  /** The index after the last event whose outcome is known: nothing from there on was sent. */
  readonly taken: number;
  /** The first event that was not published. */
  readonly firstFailed: number | undefined;
  /** Events behind that one which were published. */
  readonly publishedBehind: number;
  /** The breaker is open: batch after batch nothing was published. */
  readonly hopeless: boolean;
  /** Why the last event that was not published was not. */
  readonly lastReason: string;
  count(outcomes: readonly Outcome[]): void;
  leaveOut(item: BadItem): void;
  tally(now: number): Tally;
}

/** What a journal says of earlier runs. */
type Passed = { readonly passedOver: number; readonly passedOverTwice: number };

export function openRun(started: number, journal?: Passed): Run {
  const counts = { published: 0, failed: 0, unknown: 0, invalid: 0, maybeTwice: 0 };
  let barren = 0;
  const run = {
    taken: 0,
    firstFailed: undefined as number | undefined,
    publishedBehind: 0,
    hopeless: false,
    lastReason: "",
    count(outcomes: readonly Outcome[]) {
      if (outcomes.length === 0) return;
      barren++;
      for (const outcome of outcomes) {
        counts[outcome.status]++;
        run.taken = outcome.item.index + 1;
        if (outcome.status === "published") {
          barren = 0;
          if (outcome.maybeTwice) counts.maybeTwice++;
          if (run.firstFailed !== undefined) run.publishedBehind++;
        } else {
          run.firstFailed ??= outcome.item.index;
          run.lastReason = `${outcome.code}${outcome.message ? `: ${outcome.message}` : ""}`;
        }
      }
      run.hopeless ||= barren >= breakerBatches;
    },
    leaveOut({ index }: BadItem) {
      counts.invalid++;
      run.taken = index + 1;
    },
    tally: (now: number) => ({
      ...counts,
      barren,
      before: journal?.passedOver ?? 0,
      beforeTwice: journal?.passedOverTwice ?? 0,
      ms: now - started,
    }),
  };
  return run;
}
