import { Command } from "@commander-js/extra-typings";
import { repeat, schemaAgeFlag, schemaVersionFlag } from "../../flags.ts";
import type { Perform } from "../../perform.ts";
import type { SchemaChoice } from "../../schema-source.ts";

export interface ValidateOptions {
  /** As `--event` takes them everywhere; standard input when there are none. */
  readonly events: readonly string[];
  /** A schema by its name, for all events; else that of each one's source and detail type. */
  readonly name: string | undefined;
  readonly choice: SchemaChoice;
}

export const validateCommand = (run: Perform<ValidateOptions>) =>
  new Command("validate")
    .summary("whether events are what their schemas say")
    .description(
      "Checks the detail of each event against the schema of its source and detail type, or against the one that is named. Exits 1 when one does not fit or has no schema.",
    )
    .addHelpText("before", examples)
    .argument("[name]", "the schema of all the events (default: each one's own)")
    .option("-e, --event <json|file>", "events (default: standard input); repeatable", repeat)
    .option(
      "--registry <name|folder>",
      "look into this registry or folder of schemas only (default: all but AWS's)",
    )
    .addOption(schemaVersionFlag())
    .addOption(schemaAgeFlag())
    .action((name, { event, registry, schemaVersion: version, schemaAge: maxAge }) =>
      run({ events: event ?? ["-"], name, choice: { place: registry ?? true, version, maxAge } }),
    );

const examples = `Examples:
  evb schema validate -e events.ndjson
  evb tail --json --max 10 | evb schema validate --registry discovered-schemas
  evb schema show com.example.shop@OrderPlaced --json > schemas/order.json
  evb schema validate -e order.json --registry ./schemas          (needs no network)
`;
