import type { BadItem, GoodItem } from "./items.ts";
import type { Outcome } from "./send.ts";

/** What happens in a `put`, for its view. */
export type PutHappening =
  | { readonly kind: "warning"; readonly text: string }
  /** An event that cannot be sent, and why. */
  | { readonly kind: "faulty"; readonly place: string; readonly faults: readonly string[] }
  /** Such an event, left out while the rest goes on. */
  | { readonly kind: "left-out"; readonly item: BadItem }
  | { readonly kind: "planned"; readonly items: readonly GoodItem[]; readonly batch: number }
  | { readonly kind: "plan"; readonly plan: Plan }
  | { readonly kind: "sent"; readonly outcomes: readonly Outcome[] }
  | {
      readonly kind: "progress";
      readonly tally: Tally;
      readonly total: number | undefined;
      /** The total is what the size of the file leads one to expect. */
      readonly isGuess: boolean;
    }
  /** How the run ended, when before its input, and how to go on. */
  | { readonly kind: "stopped"; readonly sentence: string | undefined; readonly hints: readonly string[] }
  | { readonly kind: "summary"; readonly tally: Tally };

export interface Plan {
  readonly events: number;
  readonly batches: number;
  readonly bytes: number;
  /** Of 64 KB. */
  readonly billed: number;
}

export interface Tally {
  readonly published: number;
  readonly failed: number;
  readonly unknown: number;
  /** Broken ones that were left out. */
  readonly invalid: number;
  /** Published after a try that got no answer. */
  readonly maybeTwice: number;
  /** Batches in a row, up to now, of which nothing was published. */
  readonly barren: number;
  /** Published by an earlier run, as the journal says. */
  readonly before: number;
  /** Of these, after a try that got no answer. */
  readonly beforeTwice: number;
  readonly ms: number;
}
