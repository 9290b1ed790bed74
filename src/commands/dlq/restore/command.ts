import { Command, Option } from "@commander-js/extra-typings";
import { positiveNumber } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { type FilterOptions, withFilters } from "../flags.ts";

export interface RestoreOptions {
  /** A file that drain wrote, or the journal of a redrive. */
  readonly file: string;
  readonly to: string;
  readonly filters: FilterOptions;
  readonly dryRun: boolean;
  /** Messages a second. */
  readonly rate?: number | undefined;
  readonly journal?: string | undefined;
  readonly inDoubt: "send" | "hold";
}

export function restoreCommand(run: Perform<RestoreOptions>) {
  const command = new Command("restore")
    .summary("put drained messages back into a queue")
    .description(
      "Sends the messages of a drained file to a queue, whole: body, attributes, group and deduplication id. Of a redrive's journal it takes those that were deleted from their queue. What has been restored is remembered, so the same command again sends only the rest.",
    )
    .addHelpText("before", examples)
    .argument("<file>", "a file that drain wrote (.gz too), or the journal of a redrive")
    .addOption(new Option("--to <queue>", "name, URL or ARN of the queue").makeOptionMandatory())
    .option("--dry-run", "say what would be sent: sends nothing")
    .option("--rate <n>", "at most so many messages a second", positiveNumber)
    .addOption(
      new Option(
        "--in-doubt <what>",
        "a message that an earlier run may have sent: send it again, or hold it",
      )
        .choices(["send", "hold"] as const)
        .default("send" as const),
    )
    .option("--journal <file>", "what has been restored (default: one a queue in the state directory)");
  return withFilters(command as unknown as Command).action((file, flags) => {
    const { to, dryRun, rate, journal, inDoubt, ...filters } = flags as unknown as Flags;
    return run({
      file: file as unknown as string,
      to,
      filters,
      dryRun: dryRun === true,
      rate,
      journal,
      inDoubt,
    });
  });
}

type Flags = Pick<RestoreOptions, "to" | "rate" | "journal" | "inDoubt"> &
  FilterOptions & { readonly dryRun?: boolean };

const examples = `Examples:
  evb dlq restore orders.ndjson --to orders-dlq
  evb dlq restore orders.ndjson.gz --to orders --detail-type 'Order Placed' --rate 50 --yes
  evb dlq restore ~/.local/state/evb/redrive/123456789012-eu-west-1-orders-dlq.ndjson --to orders-dlq --dry-run
`;
