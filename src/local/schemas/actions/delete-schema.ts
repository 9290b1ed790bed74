import type { DeleteSchemaRequest } from "@aws-sdk/client-schemas";
import { checkOwn } from "../check.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { ofSchema, schemaPath } from "../shapes.ts";

export const deleteSchema = {
  name: "DeleteSchema",
  method: "DELETE",
  path: schemaPath,
  status: 204,
  input: ofSchema,
  run({ store }, { RegistryName, SchemaName }) {
    const { name, registry } = store.schema(RegistryName!, SchemaName!);
    checkOwn(registry);
    store.registry(registry).schemas.delete(name);
    return undefined;
  },
} satisfies Operation<Rest<DeleteSchemaRequest>>;
