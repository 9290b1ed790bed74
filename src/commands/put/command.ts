import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { EvbError } from "../../core/errors.ts";
import { type Assignment, parseAssignment } from "../../core/event/set.ts";
import { traceFault } from "../../core/event/trace.ts";
import {
  busFlag,
  duration,
  positiveNumber,
  repeat,
  schemaAgeFlag,
  schemaChoice,
  schemaVersionFlag,
  validateFlag,
  wholeNumber,
} from "../flags.ts";
import type { Perform } from "../perform.ts";
import type { SchemaChoice } from "../schema-source.ts";

export interface PutOptions {
  /** Paths and names of templates, files of events, `-`; none when the flags make the event. */
  readonly templates: readonly string[];
  /** Replace fields of every event. `detail` is inline JSON, `-`, or a file. */
  readonly fields: {
    readonly source?: string | undefined;
    readonly detailType?: string | undefined;
    readonly detail?: string | undefined;
    readonly resources?: readonly string[] | undefined;
    readonly time?: string | undefined;
  };
  readonly sets: readonly Assignment[];
  readonly vars: readonly (readonly [name: string, value: string])[];
  /** Inline JSON, `-`, or a file. */
  readonly varsFile?: string | undefined;
  readonly count: number;
  /** Makes all random values repeatable: a whole number from 0. */
  readonly seed?: number | undefined;
  readonly metadata: boolean;
  readonly correlationId?: string | undefined;
  readonly traceHeader?: string | undefined;
  /** Of a global endpoint: `abcde.veo`. */
  readonly endpointId?: string | undefined;
  /** Only when it was given: then it is the bus of every event, whatever the event says. */
  readonly bus?: string | undefined;
  /** Which schemas the details are checked against. */
  readonly validate?: SchemaChoice | undefined;
  /** What looks sensitive in a detail is told, or keeps the event from being sent. */
  readonly checkSensitive?: "warn" | "refuse" | undefined;
  readonly check: boolean;
  /** Between the steps of a scenario that say nothing themselves, in milliseconds. */
  readonly delay?: number | undefined;
  /** Events a second. */
  readonly rate?: number | undefined;
  /** Calls in flight. */
  readonly concurrency: number;
  /** Tries for each entry. */
  readonly maxAttempts: number;
  readonly journal?: string | undefined;
  readonly failed?: string | undefined;
  /** So many events of the input are passed over. */
  readonly skip: number;
  /** Broken events are left out, and the rest goes on. */
  readonly skipInvalid: boolean;
  readonly dryRun: boolean;
  /** Bytes that a request must stay below, where it is not AWS's usual number. */
  readonly requestBytes?: number | undefined;
}

/** Longer than most: each flag stands once, in one declaration, from which its type is inferred. */
export function putCommand(run: Perform<PutOptions>) {
  return new Command("put")
    .summary("publish events")
    .description(
      'Publishes events from templates, from files, from standard input or from flags. A TEMPLATE is a path, or a name looked up in ./templates and among the shipped ones; - reads events from standard input (one event, an array, or one a line), as does a file that ends in .ndjson or .jsonl. A scenario ({"steps": [...]}) sends templates in order, with delays and with values captured from one for the next; a folder is its scenario.json, or its files in the order of their names.',
    )
    .addHelpText("before", examples)
    .argument("[template...]", "templates or files of events")
    .addOption(busFlag())
    .option("--source <source>", "source of the event, or of all events")
    .option("--detail-type <type>", "detail type, likewise")
    .option("--detail <json|file>", "detail, likewise: an object")
    .option("--resource <arn>", "resource, likewise; repeatable", repeat)
    .option("--time <time>", "time, likewise: 2026-01-02T03:04:05Z, or seconds since the epoch")
    .option(
      "--set <path=text>",
      "set a field after rendering (detail.order.id=42); path:=json sets JSON; repeatable",
      repeat,
    )
    .option("--var <name=value>", "value of a template's variable; repeatable", repeat)
    .option("--vars <json|file>", "values of variables, an object")
    .option("--count <n>", "render and send so many times", wholeNumber(1))
    .option(
      "--seed <n>",
      "repeat all random values of templates: ids, picks, fake values, ids of metadata (times stay those of now)",
      wholeNumber(0),
    )
    .option("--metadata", "add detail.metadata: eventId, correlationId, timestamp, version")
    .option("--correlation-id <id>", "correlation id of all metadata (adds metadata too)")
    .option("--trace-header <header>", "X-Ray trace header of all events")
    .option(
      "--endpoint-id <id>",
      "send through a global endpoint: the id of it, such as abcde.veo",
      endpointId,
    )
    .addOption(validateFlag())
    .addOption(schemaVersionFlag())
    .addOption(schemaAgeFlag())
    .addOption(
      new Option(
        "--check-sensitive [warn|refuse]",
        "look for card numbers, keys, tokens, passwords and e-mail addresses in details (default: refuse)",
      ).argParser(sensitivity),
    )
    .option("--no-check", "do not check that the bus exists (a missing one takes events and drops them)")
    .option(
      "--skip <n>",
      "pass over the first n events, to go on with a run that was stopped",
      wholeNumber(0),
      0,
    )
    .option("--delay <time>", "wait between the steps of a scenario or folder (2s)", duration)
    .option("--rate <n>", "events a second", positiveNumber)
    .option("--concurrency <n>", "calls in flight", wholeNumber(1), 8)
    .option("--max-attempts <n>", "tries for each entry", wholeNumber(1), 5)
    .option(
      "--journal <file>",
      "append what was published; the same command again sends only the rest, whatever stopped it",
    )
    .option("--failed <file>", "write what failed for good, for `evb put - < FILE`")
    .option(
      "--skip-invalid",
      "leave broken events out (kept in --failed as they were read) and send the rest; exit 3",
    )
    .addOption(
      new Option("--request-bytes <n>", "what the entries of a request must stay below (1048576)").argParser(
        wholeNumber(1),
      ),
    )
    .option("--dry-run", "show the entries, sizes, batches and billed units; send nothing")
    .action((templates, flags, command) => {
      // The default must not override the bus that an event names for itself.
      const busGiven = command.getOptionValueSource("bus") !== "default";
      return run({
        templates,
        fields: {
          source: flags.source,
          detailType: flags.detailType,
          detail: flags.detail,
          resources: flags.resource,
          time: flags.time,
        },
        sets: (flags.set ?? []).map(parseAssignment),
        vars: (flags.var ?? []).map(parseVar),
        varsFile: flags.vars,
        count: flags.count ?? 1,
        seed: flags.seed,
        metadata: flags.metadata === true || flags.correlationId !== undefined,
        correlationId: flags.correlationId,
        traceHeader: flags.traceHeader === undefined ? undefined : checkedTrace(flags.traceHeader),
        endpointId: flags.endpointId,
        bus: busGiven ? flags.bus : undefined,
        validate: schemaChoice(flags),
        checkSensitive: flags.checkSensitive === true ? "refuse" : flags.checkSensitive,
        check: flags.check,
        delay: flags.delay,
        rate: flags.rate,
        concurrency: flags.concurrency,
        maxAttempts: flags.maxAttempts,
        journal: flags.journal,
        failed: flags.failed,
        skip: flags.skip,
        skipInvalid: flags.skipInvalid === true,
        dryRun: flags.dryRun === true,
        requestBytes: flags.requestBytes,
      });
    });
}

function sensitivity(text: string): "warn" | "refuse" {
  if (text === "warn" || text === "refuse") return text;
  throw new InvalidArgumentError("it is warn or refuse (write templates before it).");
}

function parseVar(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw new EvbError("BAD_USAGE", `--var ${text}: expected name=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The form of the API reference. */
function endpointId(text: string): string {
  if (/^[A-Za-z0-9-]+\.[A-Za-z0-9-]+$/.test(text) && text.length <= 50) return text;
  throw new InvalidArgumentError("expected the id of a global endpoint, such as abcde.veo.");
}

function checkedTrace(header: string): string {
  const fault = traceFault(header);
  if (fault) throw new EvbError("BAD_USAGE", `--trace-header ${fault}`);
  return header;
}

const examples = `Examples:
  evb put order-placed -b orders
  evb put order-placed --var customer=c-42 --set detail.total.amount:=19.5 --dry-run
  evb put --source com.example.shop --detail-type "Order Placed" --detail '{"id":1}'
  zcat events.ndjson.gz | evb put - -b orders --rate 100 --failed failed.ndjson
  evb put order-placed --validate discovered-schemas --check-sensitive
  evb put order-placed --count 1000 --metadata --json > published.ndjson
  evb put scenario.json -b orders --delay 1s
  evb put events.ndjson -b orders --journal put.journal    (killed? the same again goes on)
`;
