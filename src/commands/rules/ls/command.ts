import { Command } from "@commander-js/extra-typings";
import { fromFlag, parameterFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { oneBusFlag, type RulesSource, sourceOf } from "../flags.ts";

export const lsCommand = (run: Perform<RulesSource>) =>
  new Command("ls")
    .summary("rules, what they take and what they feed")
    .description("Lists the rules of a bus: deployed, or with --from of a file that is not deployed yet.")
    .addHelpText("before", examples)
    .addOption(oneBusFlag())
    .addOption(fromFlag())
    .addOption(parameterFlag())
    .action((flags) => run(sourceOf(flags)));

const examples = `Examples:
  evb rules ls -b orders
  evb rules ls --from template.yaml
  evb rules ls -b orders --json | jq -r 'select(.state == "DISABLED").rule'
`;
