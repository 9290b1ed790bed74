import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { type GroupField, groupNames, parseGroupField } from "../../../core/redrive/group.ts";
import type { Perform } from "../../perform.ts";
import { type FilterOptions, withFilters } from "../flags.ts";

export interface PeekOptions {
  readonly queue: string;
  readonly groupBy: readonly GroupField[];
  /** `--group-by` was given: only the groups are of interest. */
  readonly groupsOnly: boolean;
  /** Each message over lines, with everything that SQS says of it. */
  readonly full: boolean;
  readonly filters: FilterOptions;
}

export const defaultGrouping: readonly GroupField[] = [
  { name: "error-code" },
  { name: "rule" },
  { name: "target" },
];

export function peekCommand(run: Perform<PeekOptions>) {
  const command = new Command("peek")
    .summary("look at dead letters without taking them")
    .description(
      "Shows the messages of a dead-letter queue, decoded and grouped, with the reason in plain words. The messages stay in the queue; SQS counts one more receive for each. At a terminal the groups can be walked: into a group, into a message, and from there to a redrive of exactly that group (--no-input only prints).",
    )
    .addHelpText("before", examples)
    .argument("<queue>", "name, URL or ARN")
    .addOption(
      new Option(
        "--group-by <fields>",
        `show groups only, by ${groupNames.join(", ")} or a path such as detail.customer.tier (comma between)`,
      ).argParser(parseFields),
    )
    .option("--full", "show each message over lines, with all its attributes (as for one --message-id)");
  return withFilters(command as unknown as Command).action((queue, flags) => {
    const { groupBy, full, ...filters } = flags as FilterOptions & {
      groupBy?: readonly GroupField[];
      full?: boolean;
    };
    return run({
      queue: queue as unknown as string,
      groupBy: groupBy ?? defaultGrouping,
      groupsOnly: groupBy !== undefined,
      full: full === true || filters.messageId?.length === 1,
      filters,
    });
  });
}

function parseFields(text: string): readonly GroupField[] {
  return text.split(",").map((part) => {
    const field = parseGroupField(part.trim());
    if (typeof field === "string") throw new InvalidArgumentError(`${field}.`);
    return field;
  });
}

const examples = `Examples:
  evb dlq peek orders-dlq
  evb dlq peek orders-dlq --group-by error-code,rule
  evb dlq peek orders-dlq --group-by detail-type,detail.customer.tier
  evb dlq peek orders-dlq --error-code NO_PERMISSIONS --since 2h --max 5
  evb dlq peek orders-dlq --message-id 5fea7756-0ea4-451a-a703-a558b933e274
  evb dlq peek orders-dlq --pattern '{"detail":{"total":[{"numeric":[">",100]}]}}' --json | jq .event.id
`;
