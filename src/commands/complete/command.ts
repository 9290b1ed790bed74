import { Command } from "@commander-js/extra-typings";
import type { Perform } from "../perform.ts";
import type { Tree } from "./place.ts";

export interface CompleteOptions {
  /** The words of the command line up to the cursor, without `evb`; the last is being typed. */
  readonly words: readonly string[];
  /** The command line that they belong to. */
  readonly tree: Tree;
}

/** What the scripts of `evb completion` call; not for people. */
export const completeCommand = (run: Perform<CompleteOptions>, tree: Tree) =>
  new Command("__complete")
    .argument("[words...]")
    .allowUnknownOption()
    .action((words) => run({ words, tree }));
