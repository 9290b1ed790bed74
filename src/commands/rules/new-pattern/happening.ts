import type { Reason } from "../../../core/pattern/index.ts";
import type { Draft } from "./draft.ts";

export type NewPatternHappening =
  | { readonly kind: "note"; readonly text: string }
  /** What has been chosen so far, while questions are asked. */
  | { readonly kind: "draft"; readonly draft: Draft }
  | { readonly kind: "why"; readonly name: string; readonly reasons: readonly Reason[] }
  | {
      readonly kind: "made";
      readonly draft: Draft;
      /** The command line that does the same without questions, if any were asked. */
      readonly same: string | undefined;
      /** A command that tries the pattern, where there is something to try it on. */
      readonly next: string | undefined;
    };
