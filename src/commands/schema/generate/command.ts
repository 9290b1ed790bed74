import { Command } from "@commander-js/extra-typings";
import type { SchemaWish } from "../../find-schema.ts";
import { schemaVersionFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import { registryFlag } from "../flags.ts";

export interface GenerateOptions extends SchemaWish {
  /** A template in place of an event. */
  readonly template: boolean;
}

export const generateCommand = (run: Perform<GenerateOptions>) =>
  new Command("generate")
    .summary("an example event, or a template, of a schema")
    .description(
      "Makes an event that the schema allows, with every field; with --template a template that makes a new one each time and whose first fields can be set with --var.",
    )
    .addHelpText("before", examples)
    .argument("<name>", "as in `evb schema ls`: SOURCE@DetailType")
    .addOption(registryFlag())
    .addOption(schemaVersionFlag())
    .option("--template", "a template for `evb put`")
    .action((name, { registry, schemaVersion: version, template }) =>
      run({ name, registry, version, template: template === true }),
    );

const examples = `Examples:
  evb schema generate aws.s3@ObjectCreated | evb test-pattern -p s3.json
  evb schema generate com.example.shop@OrderPlaced | evb put - -b orders
  evb schema generate com.example.shop@OrderPlaced --template > templates/order.json
`;
