import type { Delivered } from "../../core/tail/body.ts";
import type { Remnant } from "../temporary.ts";

/** What a tail tells of. */
export type TailHappening =
  | { readonly kind: "note"; readonly text: string }
  /** Crashed tails that left something in this region. */
  | { readonly kind: "leftovers"; readonly count: number }
  /** `mark` names the rule, where several are watched. */
  | {
      readonly kind: "listening";
      readonly name: string;
      readonly bus: string;
      readonly mark: string | undefined;
      readonly pattern: string;
    }
  /** An event that is done with. `ok`: it was taken by the handler, where there is one. `at`: when, in milliseconds since the epoch. */
  | { readonly kind: "event"; readonly delivered: Delivered; readonly ok: boolean; readonly at: number }
  | { readonly kind: "attempt"; readonly delivered: Delivered; readonly report: AttemptReport }
  | { readonly kind: "trouble"; readonly error: unknown; readonly waitMs: number }
  | { readonly kind: "recovered" }
  /** Events that came in and that the handler never got. */
  | { readonly kind: "unhandled"; readonly count: number }
  | { readonly kind: "ending"; readonly names: readonly string[] }
  | { readonly kind: "kept"; readonly name: string; readonly bus: string; readonly queueUrl: string }
  /** `remnants` is `undefined` when nobody waited for the clean-up to end. */
  | {
      readonly kind: "left";
      readonly name: string;
      readonly bus: string;
      /** It was to have a queue too. */
      readonly hasQueue: boolean;
      readonly remnants: readonly Remnant[] | undefined;
    }
  | {
      readonly kind: "summary";
      readonly tally: Tally;
      readonly ms: number;
      /** What was removed, if nothing is left. */
      readonly removed: readonly string[];
    };

export interface Tally {
  /** Shown, or done with by the handler. */
  readonly events: number;
  /** Came in, and did not pass `--filter`. */
  readonly filtered: number;
  /** Given up by the handler. */
  readonly failed: number;
}

/** One try of `--exec` or `--forward-to`. */
export interface AttemptReport {
  readonly ok: boolean;
  /** `exit code 1`, `HTTP 500`, `no answer (ECONNREFUSED)`. */
  readonly words: string;
  /** From 1; 0 when it was not begun. */
  readonly attempt: number;
  readonly ms: number;
  /** Until the next try; `undefined` when there is none. */
  readonly retryMs: number | undefined;
  readonly stdout?: Uint8Array;
  readonly stderr?: Uint8Array;
}
