import type { ExportSchemaRequest, ExportSchemaResponse } from "@aws-sdk/client-schemas";
import { renderDraft4 } from "../../../core/schema/draft4.ts";
import { record, text } from "../../protocol/shape.ts";
import { versionOf } from "../answers.ts";
import { badRequest } from "../faults.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { schemaPath } from "../shapes.ts";
import { awsRegistry, discoveredRegistry } from "../store.ts";

/**
 * AWS exports from its own registry and from `discovered-schemas`, not from those that people make: users of
 * EventCatalog reported it in 2022.
 */
export const exportSchema = {
  name: "ExportSchema",
  method: "GET",
  path: `${schemaPath}/export`,
  status: 200,
  query: { type: "Type", schemaVersion: "SchemaVersion" },
  input: record({ RegistryName: text, SchemaName: text, SchemaVersion: text, Type: text }),
  run({ store }, { RegistryName, SchemaName, SchemaVersion, Type }) {
    const schema = store.schema(RegistryName!, SchemaName!);
    const version = versionOf(schema, SchemaVersion);
    if (Type !== "JSONSchemaDraft4") throw badRequest("Type must be JSONSchemaDraft4.");
    if (schema.registry !== awsRegistry && schema.registry !== discoveredRegistry)
      throw badRequest(`Schemas of registry ${schema.registry} cannot be exported.`);
    const exported = renderDraft4(JSON.parse(version.content));
    if (exported === undefined) throw badRequest(`Schema ${schema.name} has no components.`);
    return {
      Content: JSON.stringify(exported),
      SchemaArn: schema.arn,
      SchemaName: schema.name,
      SchemaVersion: String(version.number),
      Type,
    };
  },
} satisfies Operation<Rest<ExportSchemaRequest>, Rest<ExportSchemaResponse>>;
