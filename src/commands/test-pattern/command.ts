import { Command, Option } from "@commander-js/extra-typings";
import { EvbError } from "../../core/errors.ts";
import { busFlag, repeat } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface TestPatternOptions {
  /** Inline JSON, `-`, or a file. Exactly one of `pattern` and `rule`. */
  readonly pattern?: string | undefined;
  /** A deployed rule of `bus`. */
  readonly rule?: string | undefined;
  readonly bus: string;
  /** Inline JSON, `-`, or files. */
  readonly events: readonly string[];
  readonly explain: boolean;
  /** What is written: a verdict an event, the events that match (`print`; with `invert` the others), or how many. */
  readonly output: "verdicts" | "print" | "count";
  readonly invert: boolean;
  readonly any: boolean;
  /** Events are taken for valid JSON, unchecked. */
  readonly trust: boolean;
  readonly remote: boolean;
}

export function testPatternCommand(run: Perform<TestPatternOptions>) {
  return new Command("test-pattern")
    .summary("does an event match a pattern, and why not")
    .description(
      "Tests events against an event pattern, offline, as EventBridge would. Ends with 0 when every event matches (with --any: at least one), 1 when not, 2 when the pattern or an event is not valid.",
    )
    .addHelpText("before", examples)
    .addOption(new Option("-p, --pattern <json|file>", "the event pattern"))
    .addOption(
      new Option("--rule <name>", "take the pattern of a deployed rule of --bus").conflicts("pattern"),
    )
    .addOption(busFlag())
    .option(
      "-e, --event <json|file>",
      "event, array of events, or file with one a line; repeatable; standard input when absent",
      repeat,
    )
    .option("--explain", "say why not, and why: wanted, found, and the nearest miss")
    .addOption(
      new Option("--print", "write the matching events, byte for byte, one a line").conflicts([
        "explain",
        "count",
      ]),
    )
    .addOption(new Option("--invert", "write (or count) the events that do not match").conflicts("explain"))
    .addOption(new Option("--count", "write only how many match").conflicts("explain"))
    .option("--any", "0 when at least one event matches, as grep does")
    .option(
      "--trust",
      "events are known to be valid, no key in one object twice: skip the check, most of the work",
    )
    .option(
      "--remote",
      "ask AWS's TestEventPattern as well; a disagreement ends with 3 (what AWS demands of an event and this one lacks is filled in)",
    )
    .action((flags) => {
      if (flags.pattern === undefined && flags.rule === undefined)
        throw new EvbError("BAD_USAGE", "no pattern given", [
          "--pattern takes JSON or a file; --rule takes a deployed rule's",
        ]);
      const events = flags.event ?? ["-"];
      const readers = [flags.pattern, ...events].filter((value) => value === "-");
      if (readers.length > 1)
        throw new EvbError("BAD_USAGE", "standard input cannot be both the pattern and the events", [
          "give one of them as a file",
        ]);
      return run({
        pattern: flags.pattern,
        rule: flags.rule,
        bus: flags.bus,
        events,
        explain: flags.explain === true,
        output: flags.count ? "count" : flags.print || flags.invert ? "print" : "verdicts",
        invert: flags.invert === true,
        any: flags.any === true,
        trust: flags.trust === true,
        remote: flags.remote === true,
      });
    });
}

const examples = `Examples:
  evb test-pattern -p pattern.json -e event.json && deploy
  evb test-pattern -p '{"detail":{"state":["ACTIVE"]}}' -e event.json --explain
  evb test-pattern --rule orders-to-billing -b orders -e event.json --explain
  zcat archive.ndjson.gz | evb test-pattern -p pattern.json --print > found.ndjson
  evb test-pattern -p pattern.json -e archive.ndjson.gz --count --any
`;
