import { Command, Option } from "@commander-js/extra-typings";
import { fromFlag, parameterFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { oneBusFlag, type RulesSource, sourceOf } from "../flags.ts";

export interface ExportOptions extends RulesSource {
  /** A file that must not be there yet, unless `force`; standard output when absent. */
  readonly output: string | undefined;
  readonly force: boolean;
  readonly queues: boolean;
}

export const exportCommand = (run: Perform<ExportOptions>) =>
  new Command("export")
    .summary("buses, rules, targets and queues as a file that --from reads")
    .description(
      "Writes a bus file: what a bus has, deployed or out of another file, with the queues behind it. Every --from reads it back to the same rules: evb route and evb test check events against it, evb local --from runs it.",
    )
    .addHelpText("before", examples)
    .addOption(oneBusFlag())
    .addOption(fromFlag())
    .addOption(parameterFlag())
    .addOption(new Option("-o, --output <file>", "write here instead of to standard output"))
    .option("--force", "replace the file if it is there")
    .option("--no-queues", "leave out the queues behind a deployed bus: needs no permission on them")
    .action((flags) =>
      run({
        ...sourceOf(flags),
        output: flags.output,
        force: flags.force === true,
        queues: flags.queues,
      }),
    );

const examples = `Examples:
  evb rules export -b orders > orders.json
  evb rules export -b orders -o orders.json && evb route -e event.json --from orders.json
  evb rules export --from cdk.out -o orders.json
  evb rules export -b orders | evb local --from -
`;
