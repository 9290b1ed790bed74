import type { Firing } from "../../core/replay/fires.ts";
import type { PacedHappening } from "./paced/happening.ts";

export type ReplayHappening =
  | { readonly kind: "archive"; readonly archive: ArchiveRow }
  /** A replay as it is; `isListed` in a list, otherwise it is what was asked about. */
  | { readonly kind: "replay"; readonly replay: ReplayRow; readonly isListed: boolean }
  | ({ readonly kind: "plan" } & ReplayPlan)
  | { readonly kind: "started"; readonly name: string }
  | { readonly kind: "progress"; readonly replay: ReplayRow }
  /** Ctrl-C: it goes on without us. */
  | { readonly kind: "leaving"; readonly name: string }
  | { readonly kind: "cancelling"; readonly name: string }
  | { readonly kind: "declined" }
  | { readonly kind: "listed" }
  | PacedHappening;

export interface ArchiveRow {
  readonly name: string;
  readonly bus: string;
  readonly state: string;
  readonly events: number;
  readonly bytes: number;
  /** 0: for ever. */
  readonly retentionDays: number;
}

/** Times are milliseconds since the epoch. */
export interface ReplayRow {
  readonly name: string;
  readonly archive: string;
  readonly state: string;
  readonly reason: string | undefined;
  readonly from: number;
  readonly to: number;
  /** The time of the last event that was sent. */
  readonly at: number | undefined;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

export interface ReplayPlan {
  readonly name: string;
  readonly archive: ArchiveRow;
  readonly from: number;
  readonly to: number;
  readonly firings: readonly Firing[];
  /** What may not be meant, a sentence each. */
  readonly notes: readonly string[];
  /** The events are put again at their own pace, on bus `to`. */
  readonly paced?: { readonly speed: number; readonly to: string } | undefined;
}
