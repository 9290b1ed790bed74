import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { duration, parameterFlag, repeat, wholeNumber } from "../flags.ts";
import type { Perform } from "../perform.ts";

export const reporters = ["human", "junit", "tap", "json", "github"] as const;
export type Reporter = (typeof reporters)[number];

export interface TestOptions {
  /** Suites, or folders of them; none for all below the current folder. */
  readonly files: readonly string[];
  /** A test's name, or its file's, contains one of these. */
  readonly filters: readonly string[];
  readonly tags: readonly string[];
  /** Over what suites say themselves. */
  readonly parameters: ReadonlyMap<string, string> | undefined;
  /** Again whenever something of what was read changes. */
  readonly watch: boolean;
  /** Put the events for real, and compare what arrives. */
  readonly live: boolean;
  /** How long to wait for what should arrive, in milliseconds. */
  readonly wait: number;
  /** With `live`: events under way at a time. */
  readonly concurrency: number;
  readonly bail: boolean;
  readonly update: boolean;
  readonly coverage: boolean;
  /** Percent. */
  readonly minCoverage: number | undefined;
  readonly reporter: Reporter;
}

export function testCommand(run: Perform<TestOptions>) {
  return new Command("test")
    .summary("routing tests: which rules, which targets, which bodies")
    .description(
      "Runs the routing tests of *.evb.yaml files: events, and what a bus shall make of them. Without --live nothing is sent; the bus is read from a file that is not deployed yet, or from AWS. Ends with 0 when all pass, 1 when one fails, 2 when a suite is not valid.",
    )
    .addHelpText("before", examples)
    .argument("[file...]", "suites, or folders of them; without any, all below the current folder")
    .option("--filter <text>", "only tests whose name, or file, contains this; repeatable", repeat)
    .option("--tag <tag>", "only tests with this tag; repeatable", repeat)
    .addOption(parameterFlag())
    .option("--watch", "run again whenever a suite, or a file that it reads, changes; Ctrl-C ends")
    .option(
      "--live",
      "put each event on the deployed bus, and compare what arrives through temporary rules and queues",
    )
    .option("--wait <duration>", "with --live: how long to wait for what should arrive", duration, 15_000)
    .option("--concurrency <n>", "with --live: events under way at a time", wholeNumber(1), 8)
    .option("--bail", "stop at the first test that fails; with --live those under way end first")
    .option("--update", "keep the bodies of tests that ask for a snapshot, in SUITE.snap.json")
    .option(
      "--coverage",
      "name what no test touches (rules, targets, $or alternatives), and events that no rule takes",
    )
    .option("--min-coverage <percent>", "fail when less than this is touched", percent)
    .addOption(
      new Option("--reporter <form>", "how results are told; --json is json")
        .choices(reporters)
        .default("human" as const),
    )
    .action((files, flags) =>
      run({
        files,
        filters: flags.filter ?? [],
        tags: flags.tag ?? [],
        parameters: flags.parameter,
        watch: flags.watch === true,
        live: flags.live === true,
        wait: flags.wait,
        concurrency: flags.concurrency,
        bail: flags.bail === true,
        update: flags.update === true,
        coverage: flags.coverage === true || flags.minCoverage !== undefined,
        minCoverage: flags.minCoverage,
        reporter: flags.reporter,
      }),
    );
}

function percent(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 100) || text.trim() === "")
    throw new InvalidArgumentError("expected a number from 0 to 100.");
  return value;
}

const examples = `Examples:
  evb test
  evb test routing.evb.yaml --filter refund --bail
  evb test --watch
  evb test --live --tag smoke
  evb test --reporter junit > results.xml
  evb test --coverage --min-coverage 90
  evb test --parameter Stage=prod --update
`;
