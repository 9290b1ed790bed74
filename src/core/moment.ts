import { parseDuration } from "./duration.ts";
import { parseTime } from "./event/time.ts";

/**
 * Milliseconds since the epoch of a point in time as people give it: `2h` for two hours ago, `now`, or
 * `2026-01-02T03:04:05Z`. Anything else gives the sentence that says so.
 */
export function parseMoment(text: string, now: number): number | string {
  if (text === "now") return now;
  const ago = /^\d{10}$/.test(text) ? undefined : parseDuration(text.replace(/ ago$/, ""));
  if (ago !== undefined) return now - ago;
  const time = parseTime(text);
  return typeof time === "number" ? time : `${time}, or 2h for 2 hours ago`;
}
