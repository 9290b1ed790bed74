import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { EvbError } from "../../core/errors.ts";
import { parseSpeed, windowLimits } from "../../core/replay/paced.ts";
import { repeat } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface LsOptions {
  /** Only replays of this archive. */
  readonly archive: string | undefined;
  /** The archives instead. */
  readonly archives: boolean;
}

export interface StartOptions {
  readonly archive: string;
  /** Points in time, as they were given. */
  readonly since: string;
  readonly until: string;
  /** Names of rules; none for all of the bus. */
  readonly rules: readonly string[];
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly dryRun: boolean;
  /** Do not wait for its end. */
  readonly detach: boolean;
  readonly cancelOnInterrupt: boolean;
  /** Put the events again at their own pace, in place of a replay. */
  readonly paced: PacedOptions | undefined;
}

export interface PacedOptions {
  /** 10: ten times as fast as they came. */
  readonly speed: number;
  /** The bus, unless it is that of the archive. */
  readonly to: string | undefined;
}

export interface StatusOptions {
  readonly name: string;
  /** Follow it to its end. */
  readonly wait: boolean;
}

export interface CancelOptions {
  readonly name: string;
}

export interface ReplayPerforms {
  readonly ls: Perform<LsOptions>;
  readonly start: Perform<StartOptions>;
  readonly status: Perform<StatusOptions>;
  readonly cancel: Perform<CancelOptions>;
}

/** `evb replay` and its subcommands. */
export function replayCommand({ ls, start, status, cancel }: ReplayPerforms) {
  const replay = new Command("replay")
    .summary("send archived events again: start, follow and cancel replays")
    .description(
      "Replays of archives. Replayed events carry replay-name, and reach the bus that they were archived from: all its rules, or those that --rule names.",
    )
    .addHelpText("before", examples);
  const commands = [
    new Command("ls")
      .summary("replays, newest first; or archives")
      .option("--archive <name>", "only replays of this archive")
      .option("--archives", "the archives instead, with what they hold")
      .action(({ archive, archives }) => ls({ archive, archives: archives === true })),
    startCommand(start),
    new Command("status")
      .summary("how far a replay is")
      .description("Exit code 1 when it has failed or was cancelled.")
      .argument("<name>", "the replay")
      .option("--wait", "follow it to its end; Ctrl-C leaves it running")
      .action((name, { wait }) => status({ name, wait: wait === true })),
    new Command("cancel")
      .summary("stop a replay; what it has sent stays sent")
      .argument("<name>", "the replay")
      .action((name) => cancel({ name })),
  ];
  for (const command of commands) replay.addCommand(command as unknown as Command);
  return replay;
}

const startCommand = (start: Perform<StartOptions>) =>
  new Command("start")
    .summary("replay the events of a time range")
    .description(
      "Asks before it starts, shows how far it is, and ends when it does: 0 when it has completed, 1 when it failed or was cancelled. Ctrl-C leaves it running. EventBridge replays by the time of the events, a minute at a time, in no order within it; an event may take some minutes to reach its archive.",
    )
    .addHelpText("before", startExamples)
    .argument("<archive>", "the archive's name")
    .requiredOption(
      "--since <time|duration>",
      "events from then on: 2h for 2 hours ago, or 2026-01-02T03:04:05Z",
    )
    .option("--until <time|duration>", "events before then", "now")
    .option("--rule <name>", "only this rule gets them; repeatable (default: all rules of the bus)", repeat)
    .option("--name <name>", "the replay's name (default: from the archive and the time)")
    .option("--description <text>", "what it is for")
    .option("--dry-run", "say which rules would fire, and which not and why; start nothing")
    .option("--detach", "do not wait for its end")
    .option("--cancel-on-interrupt", "Ctrl-C cancels it instead of leaving it running")
    .addOption(
      new Option(
        "--paced [speed]",
        "send the events at the gaps at which they came, or 10x as fast: read through a rule of our own, put again with PutEvents",
      )
        .argParser(speed)
        .conflicts(["rule", "detach", "cancelOnInterrupt"]),
    )
    .option("--to <name|arn>", "with --paced: another bus than the archive's")
    .addHelpText("after", pacedHelp)
    .action((archive, flags) => {
      if (flags.to !== undefined && flags.paced === undefined)
        throw new EvbError("BAD_USAGE", "--to names a bus to put events on, and --paced was not given", [
          "a replay reaches the bus of its archive only",
        ]);
      return start({
        archive,
        since: flags.since,
        until: flags.until,
        rules: flags.rule ?? [],
        name: flags.name,
        description: flags.description,
        dryRun: flags.dryRun === true,
        detach: flags.detach === true,
        cancelOnInterrupt: flags.cancelOnInterrupt === true,
        paced:
          flags.paced === undefined
            ? undefined
            : { speed: flags.paced === true ? 1 : flags.paced, to: flags.to },
      });
    });

function speed(text: string): number {
  const read = parseSpeed(text);
  if (read === undefined) throw new InvalidArgumentError("expected a speed such as 10x, 1x or 0.5x.");
  return read;
}

const examples = `Examples:
  evb replay ls --archives
  evb replay start orders-archive --since 2h --rule orders-to-billing --dry-run
  evb replay start orders-archive --since 2h --until 30m --rule orders-to-billing --yes
  evb replay status orders-archive-20261125t101500z --wait
`;

const startExamples = `Examples:
  evb replay start orders-archive --since 2h --dry-run
  evb replay start orders-archive --since 2026-11-25T08:00:00Z --until 2026-11-25T09:00:00Z --rule orders-to-billing
  evb replay start orders-archive --since 2h --paced 10x --to orders-staging --dry-run
`;

const pacedHelp = `
With --paced
  The archive is replayed to a temporary rule and queue of our own (named and tagged as
  those of evb tail; evb gc removes what a crash leaves), so that no rule of yours fires
  by the replay. The events are put in the order of their times and sent with PutEvents at
  their own gaps: every rule of the bus that matches fires. Kept are source, detail type,
  detail, resources and time. Each event gets a new id, and no replay-name; account and
  region are those of the call; there is no trace header. Times are known to the second.
  Events of aws.* sources are skipped, as only AWS may send them. Read at once, and held in
  memory twice, are at most ${windowLimits.events} events or ${windowLimits.bytes / 1024 / 1024} MB. Ctrl-C stops, cleans up and says
  which command goes on. Ends with 3 when events were not taken; with --json, one line an
  event says what became of it.
`;
