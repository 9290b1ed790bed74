import type { SchemasClient } from "@aws-sdk/client-schemas";
import { describeSchema, listRegistries, listSchemas } from "../aws/schemas.ts";
import { schemaNameOf } from "../core/schema/name.ts";
import { openCache } from "../shell/cache.ts";
import { digestText } from "../shell/digest.ts";
import { isOfKind } from "./schema-folder.ts";
import { awsRegistry, inRegistry } from "./schema-registries.ts";
import { type KindSchema, type SchemaChoice, type SchemaSource, schemaAge } from "./schema-source.ts";
import type { Stage } from "./stage.ts";

/** Discovery has seen what passed; what somebody has written down says what is meant. */
const discovered = "discovered-schemas";
/** So many schemas of other names are read to see whether they say that they are of a kind. */
const mostRead = 200;

/** The registries of an account, by the kinds of their events; what was found is kept in the user's cache folder. */
export async function openSchemaLookup(
  stage: Stage,
  { place, version, maxAge = schemaAge }: SchemaChoice,
): Promise<SchemaSource> {
  const { world, global } = stage;
  const connection = await stage.connect();
  const cache = openCache(world, "schemas");
  const identity = [global.profile ?? world.env.AWS_PROFILE, world.env.AWS_ACCESS_KEY_ID];
  const others = new Map<string, Promise<readonly KindSchema[]>>();
  return {
    where: place === true ? "any registry" : `the registry ${place}`,
    async find(source, detailType) {
      const key = digestText(
        JSON.stringify([connection.where, ...identity, place, version, source, detailType]),
      );
      // An emulator's schemas are made and thrown away while one works.
      const kept = connection.local || maxAge === 0 ? undefined : await cache.read(key);
      if (kept !== undefined && world.clock.now() - kept.at < maxAge) return JSON.parse(kept.text);
      const schemas = await connection.schemas();
      const found = await look(schemas, { place, version, source, detailType }, others);
      if (found !== undefined && !connection.local) await cache.write(key, JSON.stringify(found));
      return found;
    },
  };
}

interface Wish {
  readonly place: string | true;
  readonly version: string | undefined;
  readonly source: string;
  readonly detailType: string;
}

async function look(
  schemas: SchemasClient,
  wish: Wish,
  others: Map<string, Promise<readonly KindSchema[]>>,
): Promise<KindSchema | undefined> {
  const { source, detailType, place } = wish;
  const registries = place === true ? await registriesFor(schemas, source) : [place];
  for (const registry of registries) {
    const named = await describe(schemas, registry, schemaNameOf(source, detailType), wish.version);
    if (named !== undefined && isOfKind(named, source, detailType)) return named;
    if (registry === awsRegistry) continue;
    const known = others.get(registry) ?? readOthers(schemas, registry, wish.version);
    others.set(registry, known);
    const other = (await known).find((each) => isOfKind(each, source, detailType));
    if (other !== undefined) return other;
  }
  return undefined;
}

async function registriesFor(schemas: SchemasClient, source: string): Promise<readonly string[]> {
  const rank = (name: string) => (name === discovered ? 1 : 0);
  return (await listRegistries(schemas))
    .filter((name) => name !== awsRegistry || source.startsWith("aws."))
    .sort((a, b) => rank(a) - rank(b));
}

/** Schemas whose names are not `source@DetailType`, but which may say whose events they describe. */
async function readOthers(
  schemas: SchemasClient,
  registry: string,
  version: string | undefined,
): Promise<readonly KindSchema[]> {
  const names: string[] = [];
  for await (const { SchemaName } of inRegistry(schemas, registry, listSchemas(schemas, registry)))
    if (SchemaName !== undefined && !SchemaName.includes("@") && names.length < mostRead)
      names.push(SchemaName);
  const read: KindSchema[] = [];
  for (const name of names) {
    const found = await describe(schemas, registry, name, version);
    if (found !== undefined) read.push(found);
  }
  return read;
}

async function describe(
  schemas: SchemasClient,
  registry: string,
  name: string,
  version: string | undefined,
): Promise<KindSchema | undefined> {
  const found = await describeSchema(schemas, registry, name, version);
  if (found?.Content === undefined) return undefined;
  return { registry, name, version: found.SchemaVersion ?? "", content: found.Content };
}
