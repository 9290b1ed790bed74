import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { type Destination, parseDestination } from "../../../core/redrive/destination.ts";
import { defaultWatchMs } from "../../../core/redrive/relay-setup.ts";
import { positiveNumber, wholeNumber } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { duration, type FilterOptions, withFilters } from "../flags.ts";
import { redriveRunbook } from "./runbook.ts";

export interface RedriveOptions {
  readonly queue: string;
  readonly to: Destination;
  readonly filters: FilterOptions;
  readonly dryRun: boolean;
  /** Messages a second. */
  readonly rate?: number | undefined;
  readonly concurrency: number;
  /** Send so many first, and stop if they come back. */
  readonly canary?: number | undefined;
  readonly waitMs: number;
  /** How long to look for failures of what goes through a temporary bus. */
  readonly watchMs: number;
  readonly maxRedrives: number;
  readonly journal?: string | undefined;
  readonly inDoubt: "send" | "hold";
  /** A template that changes each event. */
  readonly transform?: string | undefined;
  /** SQS moves the messages itself. */
  readonly native: boolean;
}

/** What holds where nothing else is said. */
export const defaults = {
  to: { kind: "target" } as Destination,
  concurrency: 8,
  waitMs: 30e3,
  watchMs: defaultWatchMs,
  maxRedrives: 3,
  inDoubt: "send",
} as const satisfies Partial<RedriveOptions>;

/** Longer than most: each flag stands once, in one declaration. */
export function redriveCommand(run: Perform<RedriveOptions>) {
  const command = new Command("redrive")
    .summary("send dead letters again, and delete what has arrived")
    .description(
      "Sends dead letters again. A message is deleted from the queue only after its destination has acknowledged it and the journal has it on disk. Ends with 0 when everything that passed the filters was redriven, 3 when something was not.",
    )
    .addHelpText("before", redriveRunbook.before)
    .addHelpText("after", redriveRunbook.after)
    .argument("<queue>", "name, URL or ARN")
    .addOption(
      new Option(
        "--to <dest>",
        "target, bus, bus:NAME, queue:NAME, source, or the ARN of a function, topic, state machine or stream",
      )
        .argParser(destination)
        .default<Destination>(defaults.to, "target"),
    )
    .option("--dry-run", "show the plan: sends and deletes nothing")
    .option("--rate <n>", "at most so many messages a second", positiveNumber)
    .option("--concurrency <n>", "calls in flight", wholeNumber(1), defaults.concurrency)
    .option("--canary <n>", "send so many first, wait, and stop if they come back", wholeNumber(1))
    .addOption(
      new Option("--wait <duration>", "how long to wait for a canary")
        .argParser(duration)
        .default<number>(defaults.waitMs, "30s"),
    )
    .addOption(
      new Option(
        "--watch <duration>",
        "how long to look for failures of what only EventBridge can deliver, such as to an API destination",
      )
        .argParser(duration)
        .default<number>(defaults.watchMs, "75s"),
    )
    .option(
      "--max-redrives <n>",
      "skip a message that has been redriven so often",
      wholeNumber(1),
      defaults.maxRedrives,
    )
    .addOption(
      new Option(
        "--in-doubt <what>",
        "a message that an earlier run may have delivered: send it again, or hold it",
      )
        .choices(["send", "hold"] as const)
        .default(defaults.inDoubt),
    )
    .option("--transform <file>", "change each event by a template before it is sent")
    .option("--native", "let SQS move all messages itself (its message move task)")
    .option(
      "--journal <file>",
      "progress and a copy of every message (default: one a queue in the state directory)",
    );
  return withFilters(command as unknown as Command).action((queue, flags) => {
    const { to, dryRun, rate, concurrency, canary, wait, watch, ...others } = flags as unknown as Flags;
    const { maxRedrives, journal, inDoubt, transform, native, ...filters } = others;
    return run({
      queue: queue as unknown as string,
      to,
      filters,
      dryRun: dryRun === true,
      rate,
      concurrency,
      canary,
      waitMs: wait,
      watchMs: watch,
      maxRedrives,
      journal,
      inDoubt,
      transform,
      native: native === true,
    });
  });
}

type Flags = Omit<RedriveOptions, "queue" | "filters" | "waitMs" | "watchMs" | "dryRun" | "native"> &
  FilterOptions & {
    readonly wait: number;
    readonly watch: number;
    readonly dryRun?: boolean;
    readonly native?: boolean;
  };

function destination(text: string): Destination {
  const to = parseDestination(text);
  if (to === undefined)
    throw new InvalidArgumentError(
      "expected target, bus, bus:NAME, queue:NAME, source, or the ARN of a queue, bus, function, topic, state machine or stream.",
    );
  return to;
}
