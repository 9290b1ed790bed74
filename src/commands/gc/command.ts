import { Command } from "@commander-js/extra-typings";
import { EvbError } from "../../core/errors.ts";
import { parseTemporaryName } from "../../core/tail/name.ts";
import { duration } from "../flags.ts";
import type { Perform } from "../perform.ts";

export interface GcOptions {
  /** Only these, whatever their age and state; empty for all that have expired. */
  readonly names: readonly string[];
  /** Milliseconds. */
  readonly olderThan: number;
  readonly dryRun: boolean;
}

export function gcCommand(run: Perform<GcOptions>) {
  return new Command("gc")
    .summary("remove what crashed tails and redrives left behind")
    .description(
      "Finds the rules (on every bus of the region) and queues of tails that crashed, and the event buses and queues of redrives that crashed, shows them, and removes them after asking. Only what has such a name and such tags is touched. What runs renews its expiry every few minutes, so one that is at work, and what --keep left, stay unless they are named.",
    )
    .addHelpText("before", examples)
    .argument("[name...]", "only these, whatever their age: evb-tail-…, evb-redrive-…")
    .option("--older-than <duration>", "only what was made longer ago (default: 1h)", duration)
    .option("--dry-run", "show what would be removed; remove nothing")
    .action((names, flags) => {
      const strange = names.find((name) => parseTemporaryName(name) === undefined);
      if (strange !== undefined)
        throw new EvbError(
          "BAD_USAGE",
          `${strange} is no name of a tail's rule and queue or a redrive's bus and queue`,
          ["they look like evb-tail-20261123t195312z-4f1c9a2b"],
        );
      return run({ names, olderThan: flags.olderThan ?? 3_600_000, dryRun: flags.dryRun === true });
    });
}

const examples = `Examples:
  evb gc --dry-run
  evb gc --older-than 6h --yes
  evb gc evb-tail-20261123t195312z-4f1c9a2b --yes
`;
