import { renderDuration } from "../../core/duration.ts";
import type { Delivered } from "../../core/tail/body.ts";
import type { Screen } from "../../shell/screen.ts";

/**
 * An event for a person: when it came, through which rule where there are several, what it is, how long after its `time` it came, then its detail, on one line where
 * that fits.
 */
export function renderEvent(
  { body, event, value, mark }: Delivered,
  at: number,
  { paint, columns }: Screen,
): string {
  const clock = [paint.dim(clockOf(at)), ...(mark === undefined ? [] : [paint.yellow(mark)])].join("  ");
  if (event === undefined) return `${clock}\n${block(value === undefined ? body : value, columns)}`;
  const head = [
    clock,
    paint.cyan(event.source),
    paint.bold(event.detailType),
    paint.dim(event.id),
    ...(event.time === undefined ? [] : [paint.dim(latency(at - event.time, event.time))]),
  ];
  return `${head.join("  ")}\n${block(event.detail, columns)}`;
}

const clockOf = (at: number): string => new Date(at).toISOString().slice(11, 23);

/** EventBridge gives `time` in whole seconds, cut off: what passed since is known no better than that. */
function latency(ms: number, time: number): string {
  if (time % 1000 !== 0) return `+${renderDuration(Math.max(0, ms))}`;
  return ms < 1000 ? "+<1s" : `+${renderDuration(Math.floor(ms / 1000) * 1000)}`;
}

function block(value: unknown, columns: number): string {
  const flat = typeof value === "string" ? value : JSON.stringify(value);
  const text = flat === undefined ? "" : flat.length + 2 <= columns ? flat : pretty(value);
  return text.replace(/^/gm, "  ");
}

const pretty = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value, null, 2);
