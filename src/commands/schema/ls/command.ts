import { Command } from "@commander-js/extra-typings";
import type { Perform } from "../../perform.ts";
import { registryFlag } from "../flags.ts";

export interface LsOptions {
  readonly prefix: string | undefined;
  /** Undefined for all but AWS's own. */
  readonly registry: string | undefined;
}

export const lsCommand = (run: Perform<LsOptions>) =>
  new Command("ls")
    .summary("the schemas of the registries")
    .description("Lists schemas. AWS's own registry, aws.events, is listed only when it is named.")
    .addHelpText("before", examples)
    .argument("[prefix]", "only schemas whose name begins with this")
    .addOption(registryFlag())
    .action((prefix, { registry }) => run({ prefix, registry }));

const examples = `Examples:
  evb schema ls
  evb schema ls com.example.shop@ --registry discovered-schemas
  evb schema ls aws.s3 --registry aws.events --json | jq -r .name
`;
