import type { DescribeSchemaRequest, DescribeSchemaResponse } from "@aws-sdk/client-schemas";
import { schemaAnswer, versionOf } from "../answers.ts";
import type { Operation } from "../operation.ts";
import type { Rest } from "../rest.ts";
import { ofSchema, schemaPath } from "../shapes.ts";

export const describeSchema = {
  name: "DescribeSchema",
  method: "GET",
  path: schemaPath,
  status: 200,
  query: { schemaVersion: "SchemaVersion" },
  input: ofSchema,
  run({ store }, { RegistryName, SchemaName, SchemaVersion }) {
    const schema = store.schema(RegistryName!, SchemaName!);
    const version = versionOf(schema, SchemaVersion);
    return { ...schemaAnswer(schema, version), Content: version.content };
  },
} satisfies Operation<Rest<DescribeSchemaRequest>, Rest<DescribeSchemaResponse>>;
