import { EvbError } from "../core/errors.ts";
import { schemaNameOf } from "../core/schema/name.ts";
import { isRecord } from "../core/schema/node.ts";
import { parseEventSchema } from "../core/schema/parse.ts";
import { listFiles } from "../shell/files.ts";
import { parseJson, readValue } from "../shell/input.ts";
import type { World } from "../shell/world.ts";
import type { KindSchema, SchemaSource } from "./schema-source.ts";

/** Reads a folder of schemas once: files `*.json`, each a schema or what `evb schema show NAME --json` gave. */
export async function openSchemaFolder(
  world: World,
  folder: string,
  version: string | undefined,
): Promise<SchemaSource> {
  const all: KindSchema[] = [];
  for (const name of await listFiles(world, folder, ".json")) all.push(await readSchema(world, folder, name));
  if (all.length === 0)
    throw new EvbError("BAD_USAGE", `there are no schemas (*.json) in ${folder}`, [
      `fill it: evb schema show NAME --json > ${folder}/NAME.json`,
    ]);
  return {
    where: `the folder ${folder}`,
    async find(source, detailType) {
      const fits = all.filter(
        (kept) => isOfKind(kept, source, detailType) && (version === undefined || kept.version === version),
      );
      // The latest; versions are numbers that count up.
      return fits.sort((a, b) => Number(b.version) - Number(a.version))[0];
    },
  };
}

/** A schema says whose events it describes; of one that does not, the name says it. */
export function isOfKind({ name, content }: KindSchema, source: string, detailType: string): boolean {
  const schema = parseEventSchema(content);
  if (schema?.source !== undefined && schema.detailType !== undefined)
    return schema.source === source && schema.detailType === detailType;
  return name === schemaNameOf(source, detailType);
}

async function readSchema(world: World, folder: string, file: string): Promise<KindSchema> {
  const path = `${folder}/${file}.json`;
  const source = await readValue(world, path, path);
  const json = parseJson(source);
  if (!isRecord(json)) throw new EvbError("BAD_JSON", `${path}: a schema is an object`);
  const { name, version, content } = json;
  if (typeof name !== "string" || typeof version !== "string" || content === undefined)
    return { registry: folder, name: file, version: "1", content: source.text };
  return {
    registry: folder,
    name,
    version,
    content: typeof content === "string" ? content : JSON.stringify(content),
  };
}
