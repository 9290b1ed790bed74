import type { ListSchemasRequest, ListSchemasResponse } from "@aws-sdk/client-schemas";
import { record, text } from "../../protocol/shape.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { type Rest, renderTime } from "../rest.ts";
import { paging, pagingQuery, registryPath } from "../shapes.ts";

export const listSchemas = {
  name: "ListSchemas",
  method: "GET",
  path: `${registryPath}/schemas`,
  status: 200,
  query: { ...pagingQuery, schemaNamePrefix: "SchemaNamePrefix" },
  input: record({ ...paging, RegistryName: text, SchemaNamePrefix: text }),
  run({ store }, input) {
    const all = [...store.registry(input.RegistryName!).schemas.values()];
    const named = all.filter(({ name }) => name.startsWith(input.SchemaNamePrefix ?? ""));
    const { items, next } = page(named, ({ name }) => name, input);
    return {
      Schemas: items.map(({ arn, name, modifiedAt, versions, tags }) => ({
        SchemaArn: arn,
        SchemaName: name,
        LastModified: renderTime(modifiedAt),
        VersionCount: versions.length,
        tags: Object.fromEntries(tags),
      })),
      NextToken: next,
    };
  },
} satisfies Operation<Rest<ListSchemasRequest>, Rest<ListSchemasResponse>>;
