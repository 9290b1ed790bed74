import { Command } from "@commander-js/extra-typings";
import { fromFlag, parameterFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { oneBusFlag, type RulesSource, sourceOf } from "../flags.ts";

export interface UsagesOptions extends RulesSource {
  readonly field: string;
}

export const usagesCommand = (run: Perform<UsagesOptions>) =>
  new Command("usages")
    .summary("rules that read a field of events")
    .description(
      "Finds the rules whose pattern, InputPath or InputPathsMap reads a field, a part of it, or something that it is a part of: who is concerned when a producer changes it. Indexes of arrays do not count. Ends with 1 when nobody reads it. A target without an input of its own gets the whole event, and is not listed.",
    )
    .addHelpText("before", examples)
    .argument("<field>", "detail.order.id, or $.detail.order.id")
    .addOption(oneBusFlag())
    .addOption(fromFlag())
    .addOption(parameterFlag())
    .action((field, flags) => run({ field, ...sourceOf(flags) }));

const examples = `Examples:
  evb rules usages detail.order.id -b orders
  evb rules usages detail.total --from template.yaml
  evb rules usages detail-type -b orders --json | jq -r .rule
`;
