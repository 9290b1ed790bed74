import { renderDestination } from "../../../core/redrive/destination.ts";
import type { Print } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { endNotes } from "../notes.ts";
import { describePlace } from "../queue.ts";
import type { RedriveOptions } from "./command.ts";
import { count, type Of } from "./spoken.ts";
import type { Totals } from "./totals.ts";

/** What a run would do. */
export function planPrint(screen: Screen, options: RedriveOptions, totals: Totals, plan: Of<"plan">): Print {
  const isEmpty = plan.tally.planned + plan.tally.skipped === 0;
  const table = screen.json || isEmpty ? undefined : totals.table(screen);
  const notes = endNotes(plan.unseen);
  if (screen.quiet) return { out: table, err: notes.join("\n") || undefined };
  const lines = [isEmpty ? emptyText(options, plan) : planText(plan)];
  if (options.dryRun && !isEmpty)
    lines.push(
      `evb: nothing was sent${plan.unseen.late > 0 ? "" : ", and every message is back in the queue"}`,
    );
  lines.push(...notes);
  for (const hint of totals.remedies()) lines.push(`hint: ${hint}`);
  return { out: table, err: lines.join("\n") };
}

const emptyText = ({ filters }: RedriveOptions, { queue }: Of<"plan">): string =>
  isUnfiltered(filters)
    ? `evb: ${describePlace(queue)} holds nothing to redrive`
    : `evb: no message of ${describePlace(queue)} passes the filters`;

const planText = ({ queue, to, tally }: Of<"plan">): string =>
  `evb: ${count(tally.planned)} of ${describePlace(queue)} would go to ${renderDestination(to)}, ${tally.skipped} would be skipped`;

/** `--max` alone leaves nothing out, it ends earlier. */
export const isUnfiltered = ({ max: _, ...filters }: RedriveOptions["filters"]): boolean =>
  Object.values(filters).every((value) => value === undefined);
