import { parseCron } from "./cron.ts";
import { parseRate } from "./rate.ts";

/** When a scheduled rule fires. */
export interface Schedule {
  /** The first moment after `after` (milliseconds); `start` is when the rule was made or enabled. None: never again. */
  next(after: number, start: number): number | undefined;
}

/** `rate(…)` or `cron(…)`, as rules take them; `undefined` for anything else. */
export const parseSchedule = (text: string): Schedule | undefined => parseRate(text) ?? parseCron(text);
