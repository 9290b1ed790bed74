import type { DeleteSchemaVersionRequest } from "@aws-sdk/client-schemas";
import { versionOf } from "../answers.ts";
import { checkOwn } from "../check.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { ofSchema, schemaPath } from "../shapes.ts";

/** A schema goes with its last version: none is ever without. */
export const deleteSchemaVersion = {
  name: "DeleteSchemaVersion",
  method: "DELETE",
  path: `${schemaPath}/version/{SchemaVersion}`,
  status: 204,
  input: ofSchema,
  run({ store }, { RegistryName, SchemaName, SchemaVersion }) {
    const schema = store.schema(RegistryName!, SchemaName!);
    checkOwn(schema.registry);
    const gone = versionOf(schema, SchemaVersion);
    schema.versions = schema.versions.filter((version) => version !== gone);
    const { schemas } = store.registry(schema.registry);
    if (schema.versions.length === 0) schemas.delete(schema.name);
    else schemas.touch(schema.name);
    return undefined;
  },
} satisfies Operation<Rest<DeleteSchemaVersionRequest>>;
