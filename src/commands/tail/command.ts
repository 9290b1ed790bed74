import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { EvbError } from "../../core/errors.ts";
import type { Step } from "../../core/event/path.ts";
import { parseSelect } from "../../core/tail/select.ts";
import { busFlag, duration, repeat, wholeNumber } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface TailOptions {
  readonly bus: string;
  /** Inline JSON, `-`, or a file. At most one of `pattern`, `rule`, and the two lists. */
  readonly pattern: string | undefined;
  readonly sources: readonly string[];
  readonly detailTypes: readonly string[];
  /** A deployed rule, and which of its targets. */
  readonly rule: string | undefined;
  readonly target: string | undefined;
  readonly max: number | undefined;
  /** Milliseconds. */
  readonly timeout: number | undefined;
  /** As `pattern`. */
  readonly filter: string | undefined;
  readonly select: readonly Step[] | undefined;
  /** A file. */
  readonly save: string | undefined;
  readonly keep: boolean;
  /** `undefined` where events are only shown. */
  readonly handler: HandlerOptions | undefined;
}

export interface HandlerOptions {
  readonly kind: "exec" | "forward";
  /** The command line, or the URL. */
  readonly to: string;
  readonly maxAttempts: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly concurrency: number;
  /** A file. */
  readonly failed: string | undefined;
}

export function tailCommand(run: Perform<TailOptions>) {
  return new Command("tail")
    .summary("show events as they pass")
    .description(description)
    .addHelpText("before", examples)
    .addOption(busFlag())
    .addOption(new Option("-p, --pattern <json|file>", "event pattern; everything on the bus without one"))
    .addOption(
      new Option("--source <name>", "events of this source; repeatable")
        .argParser(repeat)
        .conflicts("pattern"),
    )
    .addOption(
      new Option("--detail-type <name>", "events of this detail type; repeatable")
        .argParser(repeat)
        .conflicts("pattern"),
    )
    .addOption(
      new Option(
        "--rule <name>",
        "what the consumer of a deployed rule receives: its pattern and input transformer, on a rule of our own",
      ).conflicts(["pattern", "source", "detailType"]),
    )
    .option("--target <id>", "the target of --rule whose input is meant, where they differ")
    .option("--max <n>", "stop after n events", wholeNumber(1))
    .option(
      "--timeout <duration>",
      "stop after this time (30s, 5m); exit 1 with fewer than --max events, or none",
      duration,
    )
    .option("--filter <json|file>", "a second pattern, applied here to the delivered body")
    .option("--select <path>", "print only that part: detail.order.id", selectPath)
    .option("--save <file>", "add each delivered body to a file, one a line")
    .addOption(
      new Option("--forward-to <url>", "POST each event to a URL; a 2xx is success").conflicts("exec"),
    )
    .option("--exec <command>", "run a command with the event on its stdin; exit code 0 is success")
    .option(
      "--max-attempts <n>",
      "tries for each event of --exec and --forward-to (default: 5)",
      wholeNumber(1),
    )
    .option(
      "--handler-timeout <duration>",
      "a try that takes longer is ended and has failed (default: 30s)",
      duration,
    )
    .option("--concurrency <n>", "events handled at a time (default: 4)", wholeNumber(1))
    .option("--failed <file>", "add the events that were given up to a file that `evb put -` takes")
    .option("--keep", "leave queue and rule in place at the end, and print their names")
    .action((flags) => {
      if (flags.target !== undefined && flags.rule === undefined)
        throw new EvbError("BAD_USAGE", "--target needs --rule", [
          "name the deployed rule that has this target",
        ]);
      if (flags.pattern === "-" && flags.filter === "-")
        throw new EvbError("BAD_USAGE", "standard input cannot be both --pattern and --filter", [
          "give one as a file",
        ]);
      return run({
        bus: flags.bus,
        pattern: flags.pattern,
        sources: flags.source ?? [],
        detailTypes: flags.detailType ?? [],
        rule: flags.rule,
        target: flags.target,
        max: flags.max,
        timeout: flags.timeout,
        filter: flags.filter,
        select: flags.select,
        save: flags.save,
        keep: flags.keep === true,
        handler: handlerOf(flags),
      });
    });
}

interface HandlerFlags {
  readonly exec?: string | undefined;
  readonly forwardTo?: string | undefined;
  readonly maxAttempts?: number | undefined;
  readonly handlerTimeout?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly failed?: string | undefined;
}

function handlerOf(flags: HandlerFlags): HandlerOptions | undefined {
  const { exec, forwardTo, maxAttempts, handlerTimeout, concurrency, failed } = flags;
  if (exec === undefined && forwardTo === undefined) {
    const idle = Object.entries({ maxAttempts, handlerTimeout, concurrency, failed }).find(
      ([, value]) => value !== undefined,
    );
    if (idle === undefined) return undefined;
    const flag = idle[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new EvbError("BAD_USAGE", `--${flag} needs --exec or --forward-to`, [
      "events that are only shown cannot fail",
    ]);
  }
  if (
    forwardTo !== undefined &&
    !/^https?:$/.test(URL.canParse(forwardTo) ? new URL(forwardTo).protocol : "")
  )
    throw new EvbError("BAD_USAGE", `--forward-to is no http or https URL: ${forwardTo}`, [
      "for example http://localhost:3000/events",
    ]);
  return {
    kind: exec === undefined ? "forward" : "exec",
    to: exec ?? forwardTo!,
    maxAttempts: maxAttempts ?? 5,
    timeout: handlerTimeout ?? 30_000,
    concurrency: concurrency ?? 4,
    failed,
  };
}

function selectPath(text: string): readonly Step[] {
  const path = parseSelect(text);
  if (typeof path === "string") throw new InvalidArgumentError(`${path}.`);
  return path;
}

const description = `Shows events as they pass, through a temporary SQS queue and rule. Both are named evb-tail-…, tagged with owner, time and expiry, and removed at the end: on --max, --timeout, Ctrl-C, SIGTERM, SIGHUP, a closed pipe or an error. A line on stderr says when it is listening; on AWS a new rule takes effect within a second or two, which is waited for. In a pipe the output is the delivered body, one a line.

Needs events:DescribeEventBus, PutRule, PutTargets, ListTargetsByRule, RemoveTargets, DeleteRule, TagResource and sqs:CreateQueue, TagQueue, ReceiveMessage, DeleteMessage, DeleteQueue. Ends with 0 after --max, 1 when --timeout came first, 3 when a handler gave up an event, 130 on Ctrl-C.`;

const examples = `Examples:
  evb tail -b orders
  evb tail -b orders --source shop --detail-type OrderPlaced
  evb tail -b orders -p '{"detail":{"total":[{"numeric":[">",100]}]}}' --json | jq .detail
  evb tail -b orders --rule orders-to-billing            what its consumer receives
  evb tail -b orders --max 1 --timeout 30s --json        wait for an event in a CI job
  evb tail -b orders --forward-to http://localhost:3000/events
  evb tail -b orders --exec 'jq .detail >> details.json' --failed failed.ndjson
`;
