import { integer, list, map, record, type Shape, text } from "../protocol/shape.ts";

/** Members that several operations have. */
export const paging = { Limit: integer, NextToken: text } as const;
export const tags: Shape = map("Tag", "key", "value", text);
export const texts: Shape = list("member", text);

export const ofRegistry = record({ RegistryName: text });
export const ofSchema = record({ RegistryName: text, SchemaName: text, SchemaVersion: text });
export const ofDiscoverer = record({ DiscovererId: text });

export const registryPath = "/v1/registries/name/{RegistryName}";
export const schemaPath = `${registryPath}/schemas/name/{SchemaName}`;
export const discovererPath = "/v1/discoverers/id/{DiscovererId}";
export const tagsPath = "/tags/{ResourceArn}";

export const pagingQuery = { limit: "Limit", nextToken: "NextToken" } as const;
