import type { CreateSchemaRequest, CreateSchemaResponse } from "@aws-sdk/client-schemas";
import { schemaLimits } from "../../../core/schema/limits.ts";
import { record, text } from "../../protocol/shape.ts";
import { schemaAnswer } from "../answers.ts";
import { checkContent, checkDescription, checkName, checkOwn, demand } from "../check.ts";
import { badRequest, conflict } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { schemaPath, tags } from "../shapes.ts";
import { addSchema } from "../store.ts";

export const createSchema = {
  name: "CreateSchema",
  method: "POST",
  path: schemaPath,
  status: 201,
  input: record({ RegistryName: text, SchemaName: text, Content: text, Description: text, Type: text, tags }),
  run({ site, store }, input) {
    const registry = store.registry(input.RegistryName!);
    const name = input.SchemaName!;
    checkOwn(registry.name);
    checkName("SchemaName", name);
    checkDescription(input.Description);
    const content = demand(input.Content, "Content");
    const type: string = demand(input.Type, "Type");
    checkContent(content, type);
    if (registry.schemas.has(name))
      throw conflict(`Schema ${name} already exists in registry ${registry.name}.`);
    if (registry.schemas.size >= schemaLimits.schemasPerRegistry)
      throw badRequest(`Registry ${registry.name} has ${schemaLimits.schemasPerRegistry} schemas already.`);
    const schema = addSchema(site, registry, name, { content, type, createdAt: site.clock.now() });
    schema.description = input.Description;
    for (const [key, value] of Object.entries(input.tags ?? {})) schema.tags.set(key, value);
    registry.schemas.touch(name);
    return schemaAnswer(schema, schema.versions[0]!);
  },
} satisfies Operation<Rest<CreateSchemaRequest>, Rest<CreateSchemaResponse>>;
