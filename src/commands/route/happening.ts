import type { Reason } from "../../core/pattern/index.ts";
import type { Rule } from "../../core/route/bus.ts";
import type { BusAnswer } from "../../core/route/route.ts";

export type RouteHappening =
  | { readonly kind: "warning"; readonly text: string }
  | { readonly kind: "broken"; readonly index: number; readonly place: string; readonly reason: string }
  | {
      readonly kind: "routed";
      readonly index: number;
      /** What a person knows the event by. */
      readonly event: { readonly source?: unknown; readonly detailType?: unknown; readonly id?: unknown };
      readonly answer: BusAnswer;
      /** With `--all`: the rules that do not match. */
      readonly others: readonly RuleMiss[];
    }
  | {
      readonly kind: "summary";
      readonly total: number;
      readonly unrouted: number;
      readonly undelivered: number;
    };

export interface RuleMiss {
  readonly rule: Rule;
  readonly reasons: readonly Reason[];
}
