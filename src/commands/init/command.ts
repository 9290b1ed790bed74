import { Command } from "@commander-js/extra-typings";
import type { Perform } from "../perform.ts";

export interface InitOptions {
  /** A starter; at a terminal it is asked for. */
  readonly name: string | undefined;
  /** The folder, made if need be. */
  readonly to: string;
}

export function initCommand(run: Perform<InitOptions>) {
  return new Command("init")
    .summary("a starter bus with its tests, in a folder of yours")
    .description(
      "Copies a starter bus, its routing tests, and the templates of its events. Nothing is ever overwritten: when one of the files exists, none is written. The starters are described in templates/buses/README.md.",
    )
    .addHelpText("before", examples)
    .argument("[name]", "order-processing, user-management, saga, …; without it you are asked")
    .option("--to <folder>", "where to; made if it does not exist", ".")
    .action((name, { to }) => run({ name, to }));
}

const examples = `Examples:
  evb init order-processing
  evb init saga --to routing && cd routing && evb test
`;
