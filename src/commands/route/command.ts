import { Command, Option } from "@commander-js/extra-typings";
import { busFlag, fromFlag, parameterFlag, repeat } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface RouteOptions {
  /** Inline JSON, `-`, or files. */
  readonly events: readonly string[];
  readonly bus: string;
  readonly from: string | undefined;
  readonly parameters: ReadonlyMap<string, string> | undefined;
  /** The rules that do not match as well, with the reason. */
  readonly all: boolean;
}

export function routeCommand(run: Perform<RouteOptions>) {
  return new Command("route")
    .summary("which rules an event hits, and what each target gets")
    .description(
      "Tells for each event which rules of a bus match, which targets they feed, the body that each target receives, and the dead-letter queue behind it. The bus is a deployed one, or with --from one that is not deployed yet. Ends with 1 when an event is taken by no rule, or a target would not be called.",
    )
    .addHelpText("before", examples)
    .option(
      "-e, --event <json|file>",
      "event, array of events, or file with one a line; repeatable; standard input when absent",
      repeat,
    )
    .addOption(busFlag())
    .addOption(fromFlag())
    .addOption(parameterFlag())
    .addOption(new Option("--all", "also the rules that do not match, and why not"))
    .action((flags) =>
      run({
        events: flags.event ?? ["-"],
        bus: flags.bus,
        from: flags.from,
        parameters: flags.parameter,
        all: flags.all === true,
      }),
    );
}

const examples = `Examples:
  evb route -e event.json -b orders
  evb route -e event.json -b orders --all
  evb route -e events.ndjson --from template.yaml --parameter Stage=prod
  terraform show -json plan.out > plan.json && evb route -e event.json --from plan.json --json
`;
