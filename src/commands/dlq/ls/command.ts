import { Command } from "@commander-js/extra-typings";
import { busFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";

export interface LsOptions {
  readonly bus: string;
  /** Every bus of the account and region instead. */
  readonly all: boolean;
  /** Receive a few messages of each queue to find out how old they are. */
  readonly age: boolean;
}

export const lsCommand = (run: Perform<LsOptions>) =>
  new Command("ls")
    .summary("the dead-letter queues of a bus's targets")
    .description(
      "Lists the targets of a bus with their dead-letter queues: how many messages, how many in flight, how old the oldest is and how long SQS keeps it. Targets without a dead-letter queue are listed too: what they fail to take is lost. SQS has no call for the age of the oldest message, so up to ten are received and left visible, which adds one to their receive count; --no-age does without.",
    )
    .addHelpText("before", examples)
    .addOption(busFlag())
    .option("--all", "all buses of the account and region")
    .option("--no-age", "receive nothing: no age of the oldest message")
    .action((flags) => run({ bus: flags.bus, all: flags.all === true, age: flags.age }));

const examples = `Examples:
  evb dlq ls
  evb dlq ls -b orders
  evb dlq ls --all --json | jq 'select(.depth > 0)'
`;
