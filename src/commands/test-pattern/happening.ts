import type { Reason } from "../../core/pattern/index.ts";

export type TestPatternHappening =
  | { readonly kind: "warning"; readonly text: string }
  /** Those of records that came together, in their order. */
  | { readonly kind: "verdicts"; readonly verdicts: readonly Verdict[] }
  /** Events that came together, each with a line end. */
  | { readonly kind: "events"; readonly bytes: Uint8Array }
  | { readonly kind: "broken"; readonly index: number; readonly place: string; readonly reason: string }
  | { readonly kind: "disagreement"; readonly index: number; readonly here: boolean; readonly there: boolean }
  | { readonly kind: "summary"; readonly matched: number; readonly total: number; readonly broken: number };

export interface Verdict {
  /** From 0, over all files. */
  readonly index: number;
  readonly match: boolean;
  readonly reasons?: readonly Reason[] | undefined;
}
