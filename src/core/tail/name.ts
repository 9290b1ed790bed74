import type { Random } from "../clock.ts";
import { makeHex } from "../event/ids.ts";

/** Everything that a tail makes is named so, and nothing else is ever removed by `evb gc`. */
export const tailPrefix = "evb-tail-";

/** `evb-tail-20261123t195312z-4f1c9a2b`: rule and queue of one tail have the same name. */
export function makeTailName(now: number, random: Random): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${tailPrefix}${time.toLowerCase()}-${makeHex(8, random)}`;
}

/** When the tail of that name began, in milliseconds since the epoch; `undefined` for a name that is not ours. */
export function parseTailName(name: string): number | undefined {
  const found = /^evb-tail-(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)z-[0-9a-f]{8}$/.exec(name);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second] = found;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}
