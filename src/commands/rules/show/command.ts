import { Command } from "@commander-js/extra-typings";
import { fromFlag, parameterFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { oneBusFlag, type RulesSource, sourceOf } from "../flags.ts";

export interface ShowOptions extends RulesSource {
  readonly rule: string;
}

export const showCommand = (run: Perform<ShowOptions>) =>
  new Command("show")
    .summary("one rule in full: pattern, targets, inputs, dead-letter queues")
    .description(
      "Shows everything that is known of a rule. A rule of a template is found by its name or its logical id.",
    )
    .addHelpText("before", examples)
    .argument("<rule>", "name, ARN or logical id")
    .addOption(oneBusFlag())
    .addOption(fromFlag())
    .addOption(parameterFlag())
    .action((rule, flags) => run({ rule, ...sourceOf(flags) }));

const examples = `Examples:
  evb rules show orders-to-billing -b orders
  evb rules show OrderRule --from template.yaml
  evb rules show orders-to-billing -b orders --json | jq .pattern > pattern.json
`;
