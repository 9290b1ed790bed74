import { renderDuration } from "../../../core/duration.ts";
import { type Group, renderSparkline } from "../../../core/redrive/group.ts";
import { nameOfArn } from "../../../core/redrive/names.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import type { PeekOptions } from "./command.ts";
import type { PeekHappening } from "./run.ts";

type End = Extract<PeekHappening, { kind: "end" }>;

/** All groups: a table, or with `--json` one a line where they are all that was asked for. */
export function groupsText(screen: Screen, options: PeekOptions, end: End): string | undefined {
  if (screen.json)
    return options.groupsOnly
      ? end.groups.map((group) => groupJson(end, group)).join("\n") || undefined
      : undefined;
  if (end.count === 0) return undefined;
  const from = Math.min(...end.groups.map(({ oldest }) => oldest ?? Number.POSITIVE_INFINITY));
  const to = Math.max(...end.groups.map(({ newest }) => newest ?? 0));
  const rows = end.groups.map((group) => [
    String(group.count),
    ...group.values.map(renderValue),
    group.oldest === undefined ? "-" : iso(group.oldest),
    renderSparkline(group, from, to, 12),
  ]);
  return renderTable(screen, ["count", ...end.fields.map(({ name }) => name), "oldest", "over time"], rows);
}

function groupJson({ fields }: End, group: Group): string {
  return JSON.stringify({
    ...Object.fromEntries(
      fields.map(({ name, path }, index) => [path ? name : camel(name), group.values[index] ?? null]),
    ),
    count: group.count,
    oldest: group.oldest === undefined ? undefined : iso(group.oldest),
    newest: group.newest === undefined ? undefined : iso(group.newest),
    sampleMessageId: group.sample,
  });
}

const camel = (field: string): string => field.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** To the second. */
export const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

/** A value that messages are grouped by, for a person. */
function renderValue(value: unknown): string {
  if (value === undefined) return "-";
  return typeof value === "string" ? nameOfArn(value) : JSON.stringify(value);
}

/** A group as one line to pick: `12  NO_PERMISSIONS  bill  billing  since 3h`. */
export function renderGroup({ count, values, oldest }: Group, width: number, now: number): string {
  const since = oldest === undefined ? "" : `  since ${renderDuration(now - oldest)}`;
  return `${String(count).padStart(width)}  ${values.map(renderValue).join("  ")}${since}`;
}
