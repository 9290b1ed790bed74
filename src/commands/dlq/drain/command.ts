import { Command, Option } from "@commander-js/extra-typings";
import { EvbError } from "../../../core/errors.ts";
import { wholeNumber } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { type FilterOptions, withFilters } from "../flags.ts";

export interface DrainOptions {
  readonly queue: string;
  /** A file, or `-` for standard output. */
  readonly to: string;
  readonly filters: FilterOptions;
  /** Copy only: delete nothing. */
  readonly keep: boolean;
  readonly concurrency: number;
}

export function drainCommand(run: Perform<DrainOptions>) {
  const command = new Command("drain")
    .summary("move dead letters into a file")
    .description(
      "Writes whole messages (body, attributes, ids) to a file, one JSON object a line, and deletes each from the queue once it is on the disk. `evb dlq restore` puts them back. An existing file is added to, so that the same command goes on where it was interrupted; a name that ends in .gz is packed.",
    )
    .addHelpText("before", examples)
    .argument("<queue>", "name, URL or ARN")
    .addOption(new Option("--to <file>", "file to write; - for standard output").makeOptionMandatory())
    .addOption(new Option("--keep", "copy only: every message stays in the queue").conflicts("delete"))
    .option("--delete", "with --to -: delete what was written to standard output")
    .option("--concurrency <n>", "calls in flight", wholeNumber(1), 8);
  return withFilters(command as unknown as Command).action((queue, flags) => {
    const { to, keep, delete: remove, concurrency, ...filters } = flags as unknown as Flags;
    if (remove && to !== "-")
      throw new EvbError(
        "BAD_USAGE",
        "--delete is only for --to -: with a file the messages are deleted anyway",
        ["leave it out"],
      );
    return run({
      queue: queue as unknown as string,
      to,
      filters,
      keep: keep === true || (to === "-" && remove !== true),
      concurrency,
    });
  });
}

type Flags = Pick<DrainOptions, "to" | "concurrency"> &
  FilterOptions & { readonly keep?: boolean; readonly delete?: boolean };

const examples = `Examples:
  evb dlq drain orders-dlq --to orders.ndjson
  evb dlq drain orders-dlq --to poison.ndjson.gz --error-code INVALID_JSON --yes
  evb dlq drain orders-dlq --to backup.ndjson --keep
  evb dlq drain orders-dlq --to - | jq -r .body
`;
