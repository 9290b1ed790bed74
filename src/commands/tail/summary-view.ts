import { renderDuration } from "../../core/duration.ts";
import { type GroupField, Groups, renderGroupValue } from "../../core/tail/groups.ts";
import type { Print } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import { renderTable } from "../../shell/table.ts";
import type { TailHappening } from "./happening.ts";

/** So many groups are shown while it runs; the table at the end has them all. */
const shown = 8;
/** The moving lines are drawn anew so often at most. */
const everyMs = 200;

type Event = Extract<TailHappening, { kind: "event" }>;

/** Counts in place of events: moving lines at a terminal, a table at the end. */
export function openSummary(screen: Screen, fields: readonly GroupField[]) {
  const groups = new Groups(fields);
  let total = 0;
  let drawnAt = 0;
  return {
    add({ delivered, at }: Event): Print | undefined {
      groups.add(delivered, at);
      total++;
      if (!screen.lively || at - drawnAt < everyMs) return undefined;
      drawnAt = at;
      return { progress: liveText(groups, total, screen.columns) };
    },
    end: (): string | undefined => (screen.json ? jsonText(groups) : tableText(screen, groups)),
  };
}

function liveText(groups: Groups, total: number, columns: number): string {
  const list = groups.list();
  const rest = list.length - shown;
  return [
    `${total} ${total === 1 ? "event" : "events"}`,
    ...list
      .slice(0, shown)
      .map(
        ({ values, count }) => `  ${String(count).padStart(7)}  ${values.map(renderGroupValue).join("  ")}`,
      ),
    ...(rest > 0 ? [`  and ${rest} more ${rest === 1 ? "group" : "groups"}`] : []),
  ]
    .map((line) => line.slice(0, columns - 3))
    .join("\n");
}

function tableText(screen: Screen, groups: Groups): string | undefined {
  const list = groups.list();
  if (list.length === 0) return undefined;
  const rows = list.map(({ values, count, first, last }) => [
    String(count),
    ...values.map(renderGroupValue),
    clockOf(first),
    renderDuration(last - first),
  ]);
  if (groups.others > 0) rows.push([String(groups.others), ...groups.fields.map(() => "(others)"), "", ""]);
  return renderTable(screen, ["count", ...groups.fields.map(({ name }) => name), "first", "over"], rows);
}

const clockOf = (at: number): string => new Date(at).toISOString().slice(11, 19);

function jsonText(groups: Groups): string | undefined {
  const lines = groups.list().map(({ values, count, first, last }) =>
    JSON.stringify({
      group: Object.fromEntries(groups.fields.map(({ name }, index) => [name, values[index] ?? null])),
      count,
      firstAt: new Date(first).toISOString(),
      lastAt: new Date(last).toISOString(),
    }),
  );
  if (groups.others > 0) lines.push(JSON.stringify({ group: null, count: groups.others }));
  return lines.length > 0 ? lines.join("\n") : undefined;
}
