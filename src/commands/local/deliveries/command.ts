import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { DeliveryRecord } from "../../../local/eventbridge/delivery/record.ts";
import { wholeNumber } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import type { DeliveriesOptions } from "./run.ts";

/** `evb local deliveries` */
export function deliveriesCommand(run: Perform<DeliveriesOptions>) {
  return new Command("deliveries")
    .summary("list what came of the deliveries of a running emulator")
    .description(
      "Lists the last deliveries (10,000 are kept) of the emulator that runs, oldest first: one row each time that a try at a target ended.",
    )
    .addHelpText("before", examples)
    .option("--rule <name>", "only of this rule, by name or ARN")
    .option("--target <id>", "only to this target, by id or ARN")
    .option("--event <id>", "only of this event")
    .addOption(
      new Option("--status <status>", "only with this outcome; repeatable")
        .choices(statuses)
        .argParser((value: string, before: readonly Status[] = []) => [...before, status(value)]),
    )
    .option("--max <n>", "only the last n", wholeNumber(1))
    .action(({ rule, target, event, status: wanted = [], max }) =>
      run({ rule, target, event, status: wanted as readonly Status[], max }),
    );
}

type Status = DeliveryRecord["status"];
const statuses = ["delivered", "retrying", "dead-lettered", "dropped", "skipped"] as const;

function status(value: string): Status {
  const found = statuses.find((each) => each === value);
  if (found === undefined) throw new InvalidArgumentError(`one of ${statuses.join(", ")}.`);
  return found;
}

const examples = `Examples:
  evb local deliveries
  evb local deliveries --status dead-lettered --status dropped
  evb local deliveries --rule orders-to-billing --json
`;
