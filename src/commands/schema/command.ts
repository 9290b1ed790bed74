import { Command } from "@commander-js/extra-typings";
import type { Perform } from "../perform.ts";
import { type GenerateOptions, generateCommand } from "./generate/command.ts";
import { type LsOptions, lsCommand } from "./ls/command.ts";
import { type SearchOptions, searchCommand } from "./search/command.ts";
import { type ShowOptions, showCommand } from "./show/command.ts";
import { type ValidateOptions, validateCommand } from "./validate/command.ts";

export interface SchemaPerforms {
  readonly ls: Perform<LsOptions>;
  readonly search: Perform<SearchOptions>;
  readonly show: Perform<ShowOptions>;
  readonly generate: Perform<GenerateOptions>;
  readonly validate: Perform<ValidateOptions>;
}

/** `evb schema` and its subcommands. */
export function schemaCommand(performs: SchemaPerforms) {
  const schema = new Command("schema")
    .summary("schemas of events: find them, read them, check and make events by them")
    .description(
      "The EventBridge schema registries: AWS's own (aws.events), what discoverers have found (discovered-schemas), and yours.",
    );
  for (const command of [
    lsCommand(performs.ls),
    searchCommand(performs.search),
    showCommand(performs.show),
    validateCommand(performs.validate),
    generateCommand(performs.generate),
  ])
    schema.addCommand(command as unknown as Command);
  return schema;
}
