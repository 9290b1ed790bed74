import {
  DescribeSchemaCommand,
  type DescribeSchemaResponse,
  ListRegistriesCommand,
  ListSchemasCommand,
  ListSchemaVersionsCommand,
  type SchemaSummary,
  type SchemasClient,
  type SearchSchemaSummary,
  SearchSchemasCommand,
} from "@aws-sdk/client-schemas";
import { orMissing, pages } from "./answers.ts";
import { answered } from "./patience.ts";

/** Names of all registries that can be seen, AWS's own (`aws.…`) last. */
export async function listRegistries(schemas: SchemasClient): Promise<string[]> {
  const names: string[] = [];
  for await (const page of pages((token) =>
    answered((how) => schemas.send(new ListRegistriesCommand(token), how)),
  ))
    for (const { RegistryName } of page.Registries ?? [])
      if (RegistryName !== undefined) names.push(RegistryName);
  const isAws = (name: string) => name.startsWith("aws.");
  return [...names.filter((name) => !isAws(name)), ...names.filter(isAws)];
}

/** All schemas of a registry, page by page, optionally only those whose name begins with `prefix`. */
export async function* listSchemas(
  schemas: SchemasClient,
  registry: string,
  prefix?: string,
): AsyncGenerator<SchemaSummary> {
  const about = { RegistryName: registry, ...(prefix === undefined ? {} : { SchemaNamePrefix: prefix }) };
  for await (const page of pages((token) =>
    answered((how) => schemas.send(new ListSchemasCommand({ ...about, ...token }), how)),
  ))
    yield* page.Schemas ?? [];
}

/** Schemas of a registry with any of the words in their name or content, page by page. */
export async function* searchSchemas(
  schemas: SchemasClient,
  registry: string,
  words: string,
): AsyncGenerator<SearchSchemaSummary> {
  const about = { RegistryName: registry, Keywords: words };
  for await (const page of pages((token) =>
    answered((how) => schemas.send(new SearchSchemasCommand({ ...about, ...token }), how)),
  ))
    yield* page.Schemas ?? [];
}

/** The schema in its latest version or the one given, or undefined when there is none. */
export const describeSchema = (
  schemas: SchemasClient,
  registry: string,
  name: string,
  version?: string,
): Promise<DescribeSchemaResponse | undefined> =>
  orMissing("NotFoundException", () =>
    answered((how) =>
      schemas.send(
        new DescribeSchemaCommand({
          RegistryName: registry,
          SchemaName: name,
          ...(version === undefined ? {} : { SchemaVersion: version }),
        }),
        how,
      ),
    ),
  );

/** The numbers of a schema's versions. */
export async function listVersions(
  schemas: SchemasClient,
  registry: string,
  name: string,
): Promise<string[]> {
  const numbers: string[] = [];
  const about = { RegistryName: registry, SchemaName: name };
  for await (const page of pages((token) =>
    answered((how) => schemas.send(new ListSchemaVersionsCommand({ ...about, ...token }), how)),
  ))
    for (const { SchemaVersion } of page.SchemaVersions ?? [])
      if (SchemaVersion !== undefined) numbers.push(SchemaVersion);
  return numbers;
}

/** There is no such registry or schema, or version of it. */
export const isMissingSchema = (error: unknown): boolean =>
  error instanceof Error && error.name === "NotFoundException";
