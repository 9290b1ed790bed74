import { Command } from "@commander-js/extra-typings";
import type { Perform } from "../perform.ts";

/** The demo has no choices of its own. */
export type DemoOptions = Readonly<Record<never, never>>;

export function demoCommand(run: Perform<DemoOptions>) {
  return new Command("demo")
    .summary("the whole story in seconds, on an emulator of its own")
    .description(
      "Publishes from a template, shows the rule that matches and what its consumer gets, lets a consumer fail, finds the dead letter and brings it back. Every command is shown as you would type it, and is what really runs. Touches no AWS account.",
    )
    .addHelpText("before", "Examples:\n  evb demo\n  npx --package evb-cli evb demo\n")
    .action(() => run({}));
}
