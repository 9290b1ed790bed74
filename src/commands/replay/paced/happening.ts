/** What came of an event that was read from the archive. */
export type PacedOutcome = {
  /** The id that it had in the archive. */
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** Its time, as in the archive. */
  readonly time: string;
} & (
  | { readonly status: "published"; readonly eventId: string }
  | { readonly status: "skipped" | "failed"; readonly reason: string }
);

export interface PacedTally {
  readonly published: number;
  readonly skipped: number;
  readonly failed: number;
}

export type PacedHappening =
  | { readonly kind: "paced-reading"; readonly events: number; readonly from: number; readonly to: number }
  | { readonly kind: "paced-sent"; readonly outcomes: readonly PacedOutcome[] }
  | { readonly kind: "paced-progress"; readonly tally: PacedTally; readonly time: number }
  | { readonly kind: "paced-left"; readonly name: string }
  | {
      readonly kind: "paced-end";
      readonly tally: PacedTally;
      readonly tookMs: number;
      readonly slipMs: number;
      /** The command that goes on, where it did not come to its end. */
      readonly goOn: string | undefined;
    };
