import { Command } from "@commander-js/extra-typings";
import type { SchemaWish } from "../../find-schema.ts";
import { schemaVersionFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { registryFlag } from "../flags.ts";

export type ShowOptions = SchemaWish;

export const showCommand = (run: Perform<ShowOptions>) =>
  new Command("show")
    .summary("what the detail of an event must be")
    .description(
      "Shows a schema as a list of the detail's fields; with --json, the schema itself as it is in the registry.",
    )
    .addHelpText("before", examples)
    .argument("<name>", "as in `evb schema ls`: SOURCE@DetailType")
    .addOption(registryFlag())
    .addOption(schemaVersionFlag())
    .action((name, { registry, schemaVersion: version }) => run({ name, registry, version }));

const examples = `Examples:
  evb schema show aws.s3@ObjectCreated
  evb schema show com.example.shop@OrderPlaced --schema-version 1
  evb schema show aws.s3@ObjectCreated --json | jq .content > s3.openapi.json
`;
