import { renderDuration } from "../../../core/duration.ts";
import type { Group } from "../../../core/redrive/group.ts";
import { nameOfArn } from "../../../core/redrive/names.ts";

/** A value that messages are grouped by, for a person. */
export function renderValue(value: unknown): string {
  if (value === undefined) return "-";
  return typeof value === "string" ? nameOfArn(value) : JSON.stringify(value);
}

/** A group as one line to pick: `12  NO_PERMISSIONS  bill  billing  since 3h`. */
export function renderGroup({ count, values, oldest }: Group, width: number, now: number): string {
  const since = oldest === undefined ? "" : `  since ${renderDuration(now - oldest)}`;
  return `${String(count).padStart(width)}  ${values.map(renderValue).join("  ")}${since}`;
}
