import { Command } from "@commander-js/extra-typings";
import type { Perform } from "../../perform.ts";
import { registryFlag } from "../flags.ts";

export interface SearchOptions {
  readonly words: readonly string[];
  readonly registry: string | undefined;
}

export const searchCommand = (run: Perform<SearchOptions>) =>
  new Command("search")
    .summary("schemas with these words in their name or content")
    .description(
      "Searches the registries, AWS's own included, for schemas with any of the words in their name or content. Exits 1 when none is found.",
    )
    .addHelpText("before", examples)
    .argument("<words...>", "any of them is enough")
    .addOption(registryFlag())
    .action((words, { registry }) => run({ words, registry }));

const examples = `Examples:
  evb schema search bucket
  evb schema search invoice payment --registry discovered-schemas
  evb schema search instance-id --json | jq -r .name
`;
