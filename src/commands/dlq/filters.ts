import { parseDuration } from "../../core/duration.ts";
import { EvbError } from "../../core/errors.ts";
import { parseTime } from "../../core/event/time.ts";
import { EventError, type Pattern } from "../../core/pattern/index.ts";
import type { Filters } from "../../core/redrive/filter.ts";
import type { World } from "../../shell/world.ts";
import { openPattern } from "../pattern.ts";
import type { FilterOptions } from "./flags.ts";

/** Reads the patterns and times that the filters name. */
export async function openFilters(world: World, options: FilterOptions): Promise<Filters> {
  const { pattern = [], olderThan } = options;
  const now = world.clock.now();
  const patterns: Pattern[] = [];
  for (const value of pattern) patterns.push((await openPattern(world, value, "--pattern")).pattern);
  const encoder = new TextEncoder();
  const until = options.until === undefined ? undefined : readTime(options.until, "--until", now);
  const oldest = olderThan === undefined ? undefined : now - olderThan;
  const last = until === undefined || oldest === undefined ? (until ?? oldest) : Math.min(until, oldest);
  const since = options.since === undefined ? undefined : readTime(options.since, "--since", now);
  if (since !== undefined && last !== undefined && since > last) throw nothingBetween(since, last);
  return {
    errorCodes: options.errorCode,
    rules: options.rule,
    targets: options.target,
    sources: options.source,
    detailTypes: options.detailType,
    messageIds: options.messageId,
    since,
    until: last,
    ...(patterns.length > 0 && { pattern: matchesAny }),
  };

  function matchesAny(payload: string): boolean {
    const bytes = encoder.encode(payload);
    try {
      return patterns.some((one) => one.matchesJson(bytes));
    } catch (error) {
      // What is no JSON object matches no pattern.
      if (error instanceof EventError) return false;
      throw error;
    }
  }
}

const nothingBetween = (since: number, last: number): EvbError =>
  new EvbError(
    "BAD_USAGE",
    `nothing can pass: --since is ${new Date(since).toISOString()}, and --until or --older-than ends at ${new Date(last).toISOString()}, before it`,
    ["a duration counts back from now: --since 2h --until 1h is the hour before the last one"],
  );

function readTime(text: string, flag: string, now: number): number {
  const ago = /[a-z]$/.test(text) ? parseDuration(text) : undefined;
  if (ago !== undefined) return now - ago;
  const time = parseTime(text);
  if (typeof time === "string")
    throw new EvbError("BAD_USAGE", `${flag}: ${time}`, [
      "or a duration such as 2h, which means 2 hours ago",
    ]);
  return time;
}
