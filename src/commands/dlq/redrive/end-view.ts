import { renderDuration } from "../../../core/duration.ts";
import type { Print } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { endNotes } from "../notes.ts";
import { describePlace } from "../queue.ts";
import type { RedriveOptions } from "./command.ts";
import { count, type Of } from "./spoken.ts";
import type { Totals } from "./totals.ts";

/** What a run has come to. */
export function endPrint(screen: Screen, options: RedriveOptions, totals: Totals, end: Of<"end">): Print {
  const { quiet, paintErr } = screen;
  const { tally, goOn } = end;
  const lines: string[] = [];
  if (!quiet) lines.push(sumText(end));
  if (tally.throttled > 0 && !quiet)
    lines.push(
      `evb: ${tally.throttled} ${tally.throttled === 1 ? "call was" : "calls were"} throttled, so fewer were made at a time`,
    );
  if (tally.doubled > 0)
    lines.push(
      `evb: ${paintErr.yellow("warning")}: ${count(tally.doubled)} may have arrived twice: an earlier try ended without an answer`,
    );
  if (tally.relayed > 0 && !quiet)
    lines.push(
      `evb: ${count(tally.relayed)} went through a temporary bus: EventBridge has taken them, and for ${renderDuration(options.watchMs)} no failure came back; more it does not tell`,
    );
  lines.push(...endNotes(end));
  if (!quiet) for (const hint of totals.remedies()) lines.push(`hint: ${hint}`);
  if (goOn !== undefined) lines.push(`evb: to go on: ${goOn}`);
  const isPartial = tally.skipped + tally.failed > 0;
  return {
    out: isPartial && !screen.json ? totals.table(screen) : undefined,
    err: lines.length > 0 ? lines.join("\n") : undefined,
  };
}

function sumText({ queue, tally, interrupted }: Of<"end">): string {
  const parts = [`${count(tally.redriven)} redriven`];
  if (tally.skipped > 0) parts.push(`${tally.skipped} skipped`);
  if (tally.failed > 0) parts.push(`${tally.failed} failed`);
  if (tally.undeleted > 0) parts.push(`${tally.undeleted} delivered but not deleted`);
  return `evb: ${interrupted ? "interrupted: " : ""}${parts.join(", ")}, of ${describePlace(queue)}`;
}
