import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { EvbError } from "../../core/errors.ts";
import type { Step } from "../../core/event/path.ts";
import { type GroupField, parseGroupBy } from "../../core/tail/groups.ts";
import { parseSelect } from "../../core/tail/select.ts";
import { busFlag, duration, repeat, wholeNumber } from "../flags.ts";
import type { Perform } from "../perform.ts";
import { type HandlerOptions, handlerOf } from "./handler-flags.ts";

export interface TailOptions {
  readonly bus: string;
  /** Inline JSON, `-`, or a file. At most one of `pattern`, `rule`, and the two lists. */
  readonly pattern: string | undefined;
  readonly sources: readonly string[];
  readonly detailTypes: readonly string[];
  /** Deployed rules, and which of their targets. */
  readonly rules: readonly string[];
  readonly targets: readonly string[];
  /** Ready is said when an event of our own has come through. */
  readonly canary: boolean;
  /** A customer managed key for the queue. */
  readonly kmsKey: string | undefined;
  readonly max: number | undefined;
  /** Milliseconds. */
  readonly timeout: number | undefined;
  /** As `pattern`. */
  readonly filter: string | undefined;
  readonly select: readonly Step[] | undefined;
  /** What is counted by; `undefined` where events are shown. */
  readonly summary: readonly GroupField[] | undefined;
  /** A file. */
  readonly save: string | undefined;
  readonly keep: boolean;
  /** `undefined` where events are only shown. */
  readonly handler: HandlerOptions | undefined;
}

/** Longer than most: each flag stands once, in one declaration, from which its type is inferred. */
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
        "what the consumer of a deployed rule receives: its pattern and input transformer, on a rule of our own; repeatable",
      )
        .argParser(repeat)
        .conflicts(["pattern", "source", "detailType"]),
    )
    .addOption(
      new Option(
        "--target <id>",
        "the target of --rule whose input is meant, where they differ; repeatable",
      ).argParser(repeat),
    )
    .option("--canary", "say ready when an event of our own has come through; every match-all rule sees it")
    .option("--max <n>", "stop after n events", wholeNumber(1))
    .option(
      "--timeout <duration>",
      "stop after this time (30s, 5m); exit 1 with fewer than --max events, or none",
      duration,
    )
    .option("--filter <json|file>", "a second pattern, applied here to the delivered body")
    .option("--select <path>", "print only that part: detail.order.id", selectPath)
    .option("--summary", "count the events by group in place of showing them")
    .option(
      "--group-by <fields>",
      "what --summary counts by: paths into the body, and rule (default: source,detail-type)",
      groupBy,
    )
    .option(
      "--save <file>",
      "add each delivered body to a file, one a line; packed when its name ends in .gz",
    )
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
    .option("--kms-key <id>", "encrypt the queue with this customer managed key", customerKey)
    .option("--keep", "leave queue and rule in place at the end, and print their names")
    .action((flags) => {
      checkTogether(flags);
      return run({
        bus: flags.bus,
        pattern: flags.pattern,
        sources: flags.source ?? [],
        detailTypes: flags.detailType ?? [],
        rules: flags.rule ?? [],
        targets: flags.target ?? [],
        canary: flags.canary === true,
        kmsKey: flags.kmsKey,
        max: flags.max,
        timeout: flags.timeout,
        filter: flags.filter,
        select: flags.select,
        summary: flags.groupBy ?? (flags.summary ? defaultGroups : undefined),
        save: flags.save,
        keep: flags.keep === true,
        handler: handlerOf(flags),
      });
    });
}

interface Together {
  readonly rule?: readonly string[] | undefined;
  readonly target?: readonly string[] | undefined;
  readonly pattern?: string | undefined;
  readonly filter?: string | undefined;
}

function checkTogether({ rule, target, pattern, filter }: Together): void {
  if (target !== undefined && rule === undefined)
    throw new EvbError("BAD_USAGE", "--target needs --rule", ["name the deployed rule that has this target"]);
  if (pattern === "-" && filter === "-")
    throw new EvbError("BAD_USAGE", "standard input cannot be both --pattern and --filter", [
      "give one as a file",
    ]);
}

const defaultGroups = [
  { name: "source", path: ["source"] },
  { name: "detail-type", path: ["detail-type"] },
];

function groupBy(text: string): readonly GroupField[] {
  const fields = parseGroupBy(text);
  if (typeof fields === "string") throw new InvalidArgumentError(`${fields}.`);
  return fields;
}

/** EventBridge cannot be let in to the key that AWS manages (user guide, troubleshooting). */
function customerKey(text: string): string {
  if (/(^|:)alias\/aws\/sqs$/.test(text))
    throw new InvalidArgumentError(
      "EventBridge cannot use the key that AWS manages for SQS: name a customer managed one whose policy lets events.amazonaws.com do kms:Decrypt and kms:GenerateDataKey.",
    );
  return text;
}

function selectPath(text: string): readonly Step[] {
  const path = parseSelect(text);
  if (typeof path === "string") throw new InvalidArgumentError(`${path}.`);
  return path;
}

const description = `Shows events as they pass, through a temporary SQS queue and rule. Both are named evb-tail-…, tagged with owner, time and expiry, and removed at the end: on --max, --timeout, Ctrl-C, SIGTERM, SIGHUP, a closed pipe or an error. A line on stderr says when it is listening; on AWS a new rule takes effect within a second or two, which is waited for.

With --canary that line comes when an event of our own (source evb.canary) has come through a second temporary rule, made last and removed at once. The canary is not shown and not counted here, but rules of others that match everything, archives and schema discovery see it too; it is billed as any event and needs events:PutEvents.

In a pipe the output is the delivered body, one a line. With several rules (--rule repeated, or several targets of one) there is a queue for each, and a line is {"rule":"NAME","body":…}; a command of --exec finds the name in EVB_RULE, a server of --forward-to in the header evb-rule. An event that several of the rules take is shown once for each. --summary ends with a table, with --json one group a line: {"group":{"source":"shop"},"count":2,"firstAt":…,"lastAt":…}.

A handler (--exec, --forward-to) gets each event at least once: it is deleted from the queue only after success, tried again after a pause that grows up to 30s, and given up after --max-attempts, or when the tail ends meanwhile. What is then still in the queue goes with it, and is counted.

Needs events:DescribeEventBus, PutRule, PutTargets, ListTargetsByRule, RemoveTargets, DeleteRule, TagResource (with --rule also DescribeRule) and sqs:CreateQueue, TagQueue, ReceiveMessage, DeleteMessage, DeleteQueue (with a handler also ChangeMessageVisibility, and GetQueueAttributes for that count, with --kms-key kms:Decrypt). Ends with 0 after --max, 1 when --timeout came first, 3 when a handler gave up an event, 130 on Ctrl-C.`;

const examples = `Examples:
  evb tail -b orders
  evb tail -b orders --source shop --detail-type OrderPlaced
  evb tail -b orders -p '{"detail":{"total":[{"numeric":[">",100]}]}}' --json | jq .detail
  evb tail -b orders --rule orders-to-billing            what its consumer receives
  evb tail -b orders --rule paid --rule refunded --json  each event marked with its rule
  evb tail -b orders --canary --max 1 --timeout 30s      wait for an event in a CI job
  evb tail -b orders --group-by detail-type,detail.state count, and show no events
  evb tail -b orders --save today.ndjson.gz
  evb tail -b orders --forward-to http://localhost:3000/events
  evb tail -b orders --exec 'jq .detail >> details.json' --failed failed.ndjson
`;
