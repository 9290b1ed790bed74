import type { UpdateSchemaRequest, UpdateSchemaResponse } from "@aws-sdk/client-schemas";
import { schemaLimits } from "../../../core/schema/limits.ts";
import { record, text } from "../../protocol/shape.ts";
import { schemaAnswer } from "../answers.ts";
import { checkContent, checkDescription, checkOwn, checkToken, checkType } from "../check.ts";
import { badRequest } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { schemaPath } from "../shapes.ts";

/** Another content makes a new version; the same one, or none, changes only what else is given. */
export const updateSchema = {
  name: "UpdateSchema",
  method: "PUT",
  path: schemaPath,
  status: 200,
  input: record({
    RegistryName: text,
    SchemaName: text,
    ClientTokenId: text,
    Content: text,
    Description: text,
    Type: text,
  }),
  run({ site, store }, { RegistryName, SchemaName, ClientTokenId, Content, Description, Type }) {
    const schema = store.schema(RegistryName!, SchemaName!);
    checkOwn(schema.registry);
    checkDescription(Description);
    checkToken(ClientTokenId);
    const latest = schema.versions.at(-1)!;
    const type: string = Type ?? latest.type;
    checkType(type);
    if (Content !== undefined) checkContent(Content, type);
    const createdAt = site.clock.now();
    if (Content !== undefined && Content !== latest.content) {
      if (schema.versions.length >= schemaLimits.versionsPerSchema)
        throw badRequest(`Schema ${schema.name} has ${schemaLimits.versionsPerSchema} versions already.`);
      const version = {
        number: latest.number + 1,
        content: Content,
        type,
        createdAt,
      };
      schema.versions = [...schema.versions, version];
    }
    if (Description !== undefined) schema.description = Description;
    schema.modifiedAt = createdAt;
    store.registry(schema.registry).schemas.touch(schema.name);
    return schemaAnswer(schema, schema.versions.at(-1)!);
  },
} satisfies Operation<Rest<UpdateSchemaRequest>, Rest<UpdateSchemaResponse>>;
