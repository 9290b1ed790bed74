import type { Random } from "../clock.ts";
import { makeHex } from "../event/ids.ts";

/** Everything that a tail or a redrive makes is named so, and nothing else is ever removed by `evb gc`. */
export const tailPrefix = "evb-tail-";
export const redrivePrefix = "evb-redrive-";

/** `evb-tail-20261123t195312z-4f1c9a2b`: rule and queue of one tail have the same name. */
export const makeTailName = (now: number, random: Random): string => makeName(tailPrefix, now, random);

/** Bus and queue of one redrive have the same name; its rules have a number behind it. */
export const makeRedriveName = (now: number, random: Random): string => makeName(redrivePrefix, now, random);

function makeName(prefix: string, now: number, random: Random): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  return `${prefix}${time.toLowerCase()}-${makeHex(8, random)}`;
}

/** What of that name is a redrive's. */
export const isRedriveName = (name: string): boolean => name.startsWith(redrivePrefix);

/** When the tail or redrive of that name began, in milliseconds since the epoch; `undefined` for a name that is not ours. */
export function parseTemporaryName(name: string): number | undefined {
  const found = /^evb-(?:tail|redrive)-(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)z-[0-9a-f]{8}$/.exec(name);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second] = found;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}
