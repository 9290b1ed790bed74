import type { SchemasClient } from "@aws-sdk/client-schemas";
import { describeSchema, listRegistries, listSchemas, listVersions } from "../aws/schemas.ts";
import { EvbError } from "../core/errors.ts";
import { nearNames } from "../core/near.ts";
import { type EventSchema, parseEventSchema } from "../core/schema/parse.ts";
import { awsRegistry, missingRegistry } from "./schema-registries.ts";

/** What a person says of the schema that is meant. */
export interface SchemaWish {
  readonly name: string;
  /** Any, unless said. */
  readonly registry: string | undefined;
  /** The latest, unless said. */
  readonly version: string | undefined;
}

export interface FoundSchema {
  readonly registry: string;
  readonly name: string;
  readonly version: string;
  /** `OpenApi3`, `JSONSchemaDraft4` */
  readonly type: string;
  readonly content: string;
  readonly description: string | undefined;
  readonly createdAt: Date | undefined;
  /** Undefined when the content is in no language that is known here. */
  readonly schema: EventSchema | undefined;
}

/** Finds a schema in the registry that is named, else in the account's own ones and then in AWS's. */
export async function findSchema(schemas: SchemasClient, wish: SchemaWish): Promise<FoundSchema> {
  const { name, registry, version } = wish;
  const places = registry === undefined ? await placesOf(schemas, name) : [registry];
  for (const place of places) {
    const found = await describeSchema(schemas, place, name, version);
    if (found === undefined) continue;
    const content = found.Content ?? "";
    return {
      registry: place,
      name,
      version: found.SchemaVersion ?? "",
      type: found.Type ?? "",
      content,
      description: found.Description,
      createdAt: found.VersionCreatedDate,
      schema: parseEventSchema(content),
    };
  }
  throw await missingSchema(schemas, wish, places);
}

/** Only AWS's own events have names that begin so: one call in place of one for each registry. */
async function placesOf(schemas: SchemasClient, name: string): Promise<string[]> {
  const all = await listRegistries(schemas);
  return name.startsWith("aws.") ? all.sort((a, b) => rank(a) - rank(b)) : all;
}

const rank = (registry: string): number => (registry === awsRegistry ? 0 : 1);

async function missingSchema(
  schemas: SchemasClient,
  { name, registry, version }: SchemaWish,
  places: readonly string[],
): Promise<EvbError> {
  const known: string[] = [];
  try {
    for (const place of places)
      for await (const { SchemaName } of listSchemas(schemas, place)) {
        if (SchemaName === name && version !== undefined)
          return new EvbError("NOT_FOUND", `the schema ${name} has no version ${version}`, [
            `there are ${(await listVersions(schemas, place, name)).join(", ")}`,
          ]);
        if (SchemaName !== undefined) known.push(SchemaName);
      }
  } catch (error) {
    if (registry !== undefined && (error as Error).name === "NotFoundException")
      return missingRegistry(schemas, registry);
    throw error;
  }
  const near = nearNames(name, known);
  return new EvbError("NOT_FOUND", `no schema ${name} in ${registry ?? "any registry"}`, [
    near.length > 0
      ? `did you mean ${near.join(" or ")}?`
      : "evb schema ls and evb schema search show what there is",
  ]);
}

/** Names have the form `source@DetailType`, with the detail type's blanks left out. */
export function kindOfSchema({ schema, name }: Pick<FoundSchema, "schema" | "name">): {
  source: string;
  detailType: string;
} {
  const [, source, detailType] = /^(.+?)@(.+)$/.exec(name) ?? [];
  return {
    source: schema?.source ?? source ?? "com.example",
    detailType: schema?.detailType ?? detailType ?? name,
  };
}

/** Throws when the schema is in no language that is known here. */
export function demandReadable({ schema, name, type }: FoundSchema): EventSchema {
  if (schema !== undefined) return schema;
  throw new EvbError("NOT_SUPPORTED", `the schema ${name} is neither OpenAPI 3 nor JSON Schema (${type})`, [
    `evb schema show ${name} shows its content`,
  ]);
}
