import { EvbError } from "../core/errors.ts";
import { isDirectory } from "../shell/files.ts";
import type { Stage } from "./stage.ts";

/** A schema as it was found for a kind of event. */
export interface KindSchema {
  readonly registry: string;
  readonly name: string;
  readonly version: string;
  readonly content: string;
}

/** Where schemas are looked up by source and detail type. */
export interface SchemaSource {
  /** For messages: `the registry ours`, `the folder schemas`. */
  readonly where: string;
  find(source: string, detailType: string): Promise<KindSchema | undefined>;
}

/** Which schemas details are checked against. */
export interface SchemaChoice {
  /** A registry or a folder of schemas; `true` for all registries but AWS's own. */
  readonly place: string | true;
  /** The latest, unless said. */
  readonly version?: string | undefined;
  /** How old a schema out of the cache may be, in milliseconds. */
  readonly maxAge?: number | undefined;
}

/** How long a schema is taken out of the cache, unless said. */
export const schemaAge = 3_600_000;

/** A folder where the name is that of one, else a registry; nothing is asked before a schema is looked up. */
export async function openSchemaSource(choice: SchemaChoice, stage: Stage): Promise<SchemaSource> {
  const { place, version } = choice;
  if (place !== true && (await isDirectory(stage.world, place)))
    return (await import("./schema-folder.ts")).openSchemaFolder(stage.world, place, version);
  if (place !== true && !/^[0-9A-Za-z_.@-]{1,64}$/.test(place))
    throw new EvbError("BAD_USAGE", `${place} is neither a folder of schemas nor the name of a registry`, [
      "a folder holds schemas as `evb schema show NAME --json` writes them",
    ]);
  return (await import("./schema-lookup.ts")).openSchemaLookup(stage, choice);
}
