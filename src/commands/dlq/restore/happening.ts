import type { DeadLetter } from "../../../core/redrive/letter.ts";
import type { OpenQueue } from "../queue.ts";

export interface RestoreTally {
  restored: number;
  planned: number;
  /** Restored by an earlier run, or held because it may have been. */
  skipped: number;
  failed: number;
  /** Possibly restored twice. */
  doubled: number;
}

export type RestoreHappening =
  | { readonly kind: "warning"; readonly text: string }
  | { readonly kind: "began"; readonly journal: string }
  | {
      readonly kind: "message";
      readonly letter: DeadLetter;
      readonly status: "restored" | "planned" | "skipped" | "failed";
      readonly reason?: string | undefined;
      readonly doubt?: boolean | undefined;
      readonly tally: Readonly<RestoreTally>;
    }
  | { readonly kind: "cancelled" }
  | { readonly kind: "stopped"; readonly why: string }
  | {
      readonly kind: "end";
      readonly queue: OpenQueue;
      readonly tally: Readonly<RestoreTally>;
      readonly goOn: string | undefined;
      readonly interrupted: boolean;
    };
