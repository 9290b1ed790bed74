import { Command } from "@commander-js/extra-typings";
import { parameterFlag } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface LocalApplyOptions {
  readonly file: string;
  readonly parameters?: ReadonlyMap<string, string> | undefined;
}

/** `evb local apply` */
export function applyCommand(run: Perform<LocalApplyOptions>) {
  return new Command("apply")
    .summary("bring a running emulator to what a file says")
    .description(
      "Makes the buses, rules, targets and queues of a file in the emulator that runs. Creates and updates, never deletes. What only a deploy decides is left out, and said.",
    )
    .addHelpText("before", examples)
    .argument("<file>", "any file that --from of evb local takes, or the name of a shipped starter")
    .addOption(parameterFlag())
    .action((file, _flags, self) => {
      // The flag may stand before `apply` too, where it is the parent's.
      const { parameter } = self.optsWithGlobals() as { parameter?: ReadonlyMap<string, string> };
      return run({ file, parameters: parameter });
    });
}

const examples = `Examples:
  evb local apply order-processing
  evb local apply my-buses.json
  evb local apply template.yaml --parameter Stage=test
  evb local apply cdk.out
`;
