import type { Delivered } from "../../core/tail/body.ts";
import type { Screen } from "../../shell/screen.ts";

/**
 * An event for a person: when it came, what it is, how long after its `time` it came, then its detail, on one line where
 * that fits.
 */
export function renderEvent(
  { body, event, value }: Delivered,
  at: number,
  { paint, columns }: Screen,
): string {
  const clock = paint.dim(clockOf(at));
  if (event === undefined) return `${clock}\n${block(value === undefined ? body : value, columns)}`;
  const head = [
    clock,
    paint.cyan(event.source),
    paint.bold(event.detailType),
    paint.dim(event.id),
    ...(event.time === undefined ? [] : [paint.dim(latency(at - event.time))]),
  ];
  return `${head.join("  ")}\n${block(event.detail, columns)}`;
}

const clockOf = (at: number): string => new Date(at).toISOString().slice(11, 23);

/** `time` has whole seconds, so the digits behind the point say little. */
const latency = (ms: number): string => `+${(Math.max(0, ms) / 1000).toFixed(1)}s`;

function block(value: unknown, columns: number): string {
  const flat = typeof value === "string" ? value : JSON.stringify(value);
  const text = flat === undefined ? "" : flat.length + 2 <= columns ? flat : pretty(value);
  return text.replace(/^/gm, "  ");
}

const pretty = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value, null, 2);
