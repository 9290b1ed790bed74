import type { ListSchemaVersionsRequest, ListSchemaVersionsResponse } from "@aws-sdk/client-schemas";
import { record, text } from "../../protocol/shape.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import type { Rest } from "../rest.ts";
import { paging, pagingQuery, schemaPath } from "../shapes.ts";

/** The newest first, as in the CLI's documented example. */
export const listSchemaVersions = {
  name: "ListSchemaVersions",
  method: "GET",
  path: `${schemaPath}/versions`,
  status: 200,
  query: pagingQuery,
  input: record({ ...paging, RegistryName: text, SchemaName: text }),
  run({ store }, input) {
    const { arn, name, versions } = store.schema(input.RegistryName!, input.SchemaName!);
    const { items, next } = page(versions, ({ number }) => String(1e9 - number), input);
    return {
      SchemaVersions: items.map(({ number, type }) => ({
        SchemaArn: arn,
        SchemaName: name,
        SchemaVersion: String(number),
        Type: type,
      })),
      NextToken: next,
    };
  },
} satisfies Operation<Rest<ListSchemaVersionsRequest>, Rest<ListSchemaVersionsResponse>>;
