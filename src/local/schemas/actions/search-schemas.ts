import type { SearchSchemasRequest, SearchSchemasResponse } from "@aws-sdk/client-schemas";
import { record, text } from "../../protocol/shape.ts";
import { demand } from "../check.ts";
import { badRequest } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { type Rest, renderTime } from "../rest.ts";
import { paging, pagingQuery, registryPath } from "../shapes.ts";

/**
 * Versions with any of the words, in upper or lower case, in their name or content. That one word is enough is what
 * the CLI's documented example shows.
 */
export const searchSchemas = {
  name: "SearchSchemas",
  method: "GET",
  path: `${registryPath}/schemas/search`,
  status: 200,
  query: { ...pagingQuery, keywords: "Keywords" },
  input: record({ ...paging, RegistryName: text, Keywords: text }),
  run({ store }, input) {
    const registry = store.registry(input.RegistryName!);
    const words = demand(input.Keywords, "Keywords").toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) throw badRequest("Keywords must not be empty.");
    const has = (content: string) => words.some((word) => content.toLowerCase().includes(word));
    const found = [...registry.schemas.values()].flatMap((schema) => {
      const versions = schema.versions.filter(({ content }) => has(`${schema.name} ${content}`));
      return versions.length > 0 ? [{ schema, versions }] : [];
    });
    const { items, next } = page(found, ({ schema }) => schema.name, input);
    return {
      Schemas: items.map(({ schema, versions }) => ({
        RegistryName: registry.name,
        SchemaArn: schema.arn,
        SchemaName: schema.name,
        SchemaVersions: versions.toReversed().map(({ number, type, createdAt }) => ({
          SchemaVersion: String(number),
          Type: type,
          CreatedDate: renderTime(createdAt),
        })),
      })),
      NextToken: next,
    };
  },
} satisfies Operation<Rest<SearchSchemasRequest>, Rest<SearchSchemasResponse>>;
