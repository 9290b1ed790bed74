import { makeTemplate } from "../../core/schema/template.ts";
import { demandReadable, findSchema, kindOfSchema, type SchemaWish } from "../find-schema.ts";
import type { Stage } from "../stage.ts";
import type { Making } from "./new.ts";

/** A template of a schema of a registry. */
export async function makeOfSchema(
  { description, ...wish }: SchemaWish & { readonly description?: string | undefined },
  stage: Stage,
): Promise<Making> {
  const connection = await stage.connect();
  const found = await findSchema(await connection.schemas(), wish);
  const kind = kindOfSchema(found);
  const made = makeTemplate(demandReadable(found), kind, found.name) as { $template: object };
  const template =
    description === undefined ? made : { ...made, $template: { ...made.$template, description } };
  const notes = kind.source.startsWith("aws.")
    ? [`only AWS may publish as ${kind.source}: change the source`]
    : [];
  return { template, notes };
}
