import { type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import { parseDuration } from "../../core/duration.ts";
import { repeat, wholeNumber } from "../flags.ts";

/** The filters as they were given; kinds combine, several of one kind are alternatives. */
export interface FilterOptions {
  /** Inline JSON, `-`, or files. */
  readonly pattern?: readonly string[] | undefined;
  readonly errorCode?: readonly string[] | undefined;
  readonly rule?: readonly string[] | undefined;
  readonly target?: readonly string[] | undefined;
  readonly source?: readonly string[] | undefined;
  readonly detailType?: readonly string[] | undefined;
  readonly messageId?: readonly string[] | undefined;
  /** A time, or a duration before now. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Milliseconds. */
  readonly olderThan?: number | undefined;
  readonly max?: number | undefined;
}

/** Adds the filters to a command, in the order in which help shows them. */
export const withFilters = (command: Command) =>
  command
    .option("--pattern <json|file>", "only events that this event pattern matches; repeatable", repeat)
    .option("--error-code <code>", "only this error, such as NO_PERMISSIONS; repeatable", repeat)
    .option("--rule <name|arn>", "only what this rule failed to deliver; repeatable", repeat)
    .option("--target <name|arn>", "only what was meant for this target; repeatable", repeat)
    .option("--source <source>", "only events from this source; repeatable", repeat)
    .option("--detail-type <type>", "only events of this type; repeatable", repeat)
    .option(
      "--since <time|duration>",
      "only what came into the queue since then: 2026-01-02T03:04:05Z, or 2h for 2 hours ago",
    )
    .option("--until <time|duration>", "only what came into the queue until then")
    .option("--older-than <duration>", "only what has been in the queue for longer", duration)
    .option("--message-id <id>", "only this message; repeatable", repeat)
    .option("--max <n>", "at most so many messages", wholeNumber(1));

/** Milliseconds of a flag such as `30s` or `1h30m`. */
export function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError("expected a duration such as 30s, 10m or 2h.");
  return ms;
}
