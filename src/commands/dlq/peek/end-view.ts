import { explainCode } from "../../../core/redrive/reasons.ts";
import type { Screen } from "../../../shell/screen.ts";
import { endNotes } from "../notes.ts";
import type { PeekOptions } from "./command.ts";
import { iso } from "./group-view.ts";
import type { PeekHappening } from "./run.ts";

type End = Extract<PeekHappening, { kind: "end" }>;

/** So many messages are shown in full to a person; the groups count them all. */
export const shown = 10;

/** How many there were, why the most of them failed, and what could not be seen. */
export function endText(screen: Screen, options: PeekOptions, end: End): string | undefined {
  const lines: string[] = [];
  const { count } = end;
  const most = options.filters.max ?? shown;
  if (!screen.quiet) lines.push(`evb: ${count === 0 ? nothing(options, end) : something(options, end)}`);
  if (!screen.quiet && !screen.json && !options.groupsOnly && !end.walked && count > most)
    lines.push(`hint: the first ${most} are shown; --max ${count} shows all, --json one a line`);
  const at = end.fields.findIndex(({ name }) => name === "error-code");
  const worst = end.groups[0]?.values[at] as string | undefined;
  const reason = explainCode(worst);
  if (reason && !screen.quiet && !screen.json)
    lines.push(`hint: ${worst}: ${reason.meaning}; ${reason.remedy}`);
  lines.push(...endNotes(end));
  return lines.length > 0 ? lines.join("\n") : undefined;
}

function nothing({ filters }: PeekOptions, { queue }: End): string {
  return queue.depth + queue.inFlight === 0
    ? `queue ${queue.name} is empty`
    : `no message in queue ${queue.name} ${isFiltered(filters) ? "passes the filters" : "can be seen"}`;
}

/** What was left out must not look as if it were not there. */
function something({ filters }: PeekOptions, end: End): string {
  const { queue, count } = end;
  const { max = Number.POSITIVE_INFINITY } = filters;
  const pass = isFiltered(filters) ? ` ${count === 1 ? "passes" : "pass"} the filters` : "";
  const more = count < max ? "" : ` (--max ${max}; there may be more)`;
  return `${count} ${count === 1 ? "message" : "messages"} in queue ${queue.name}${pass}${more}${left(end)}`;
}

const isFiltered = (filters: PeekOptions["filters"]): boolean =>
  Object.entries(filters).some(([name, value]) => name !== "max" && value !== undefined);

function left({ queue, groups }: End): string {
  const oldest = Math.min(...groups.map((group) => group.oldest ?? Number.POSITIVE_INFINITY));
  if (!Number.isFinite(oldest) || queue.retentionSeconds === 0) return "";
  return `; the oldest is dropped by SQS at ${iso(oldest + queue.retentionSeconds * 1000)}`;
}
