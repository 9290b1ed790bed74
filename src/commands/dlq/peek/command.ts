import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { type GroupField, groupFields } from "../../../core/redrive/group.ts";
import type { Perform } from "../../perform.ts";
import { type FilterOptions, withFilters } from "../flags.ts";

export interface PeekOptions {
  readonly queue: string;
  readonly groupBy: readonly GroupField[];
  /** `--group-by` was given: only the groups are of interest. */
  readonly groupsOnly: boolean;
  readonly filters: FilterOptions;
}

export const defaultGrouping: readonly GroupField[] = ["error-code", "rule", "target"];

export function peekCommand(run: Perform<PeekOptions>) {
  const command = new Command("peek")
    .summary("look at dead letters without taking them")
    .description(
      "Shows the messages of a dead-letter queue, decoded and grouped, with the reason in plain words. The messages stay in the queue; SQS counts one more receive for each.",
    )
    .addHelpText("before", examples)
    .argument("<queue>", "name, URL or ARN")
    .addOption(
      new Option(
        "--group-by <fields>",
        `show groups only, by ${groupFields.join(", ")} (comma between)`,
      ).argParser(parseFields),
    );
  return withFilters(command as unknown as Command).action((queue, flags) => {
    const { groupBy, ...filters } = flags as FilterOptions & { groupBy?: readonly GroupField[] };
    return run({
      queue: queue as unknown as string,
      groupBy: groupBy ?? defaultGrouping,
      groupsOnly: groupBy !== undefined,
      filters,
    });
  });
}

function parseFields(text: string): readonly GroupField[] {
  const fields = text.split(",").map((field) => field.trim());
  const unknown = fields.find((field) => !groupFields.includes(field as GroupField));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`${JSON.stringify(unknown)} is none of ${groupFields.join(", ")}.`);
  return fields as GroupField[];
}

const examples = `Examples:
  evb dlq peek orders-dlq
  evb dlq peek orders-dlq --group-by error-code,rule
  evb dlq peek orders-dlq --error-code NO_PERMISSIONS --since 2h --max 5
  evb dlq peek orders-dlq --message-id 5fea7756-0ea4-451a-a703-a558b933e274
  evb dlq peek orders-dlq --pattern '{"detail":{"total":[{"numeric":[">",100]}]}}' --json | jq .event.id
`;
