import type { SchemasClient } from "@aws-sdk/client-schemas";
import { isMissingSchema, listRegistries } from "../aws/schemas.ts";
import { EvbError } from "../core/errors.ts";
import { nearNames } from "../core/near.ts";

/** AWS's own registry: more than a thousand schemas that are the same everywhere. */
export const awsRegistry = "aws.events";

/** Does something with a registry that a person has named; says which there are when it does not exist. */
export async function* inRegistry<T>(
  schemas: SchemasClient,
  registry: string,
  items: AsyncIterable<T>,
): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    if (isMissingSchema(error)) throw await missingRegistry(schemas, registry);
    throw error;
  }
}

export async function missingRegistry(schemas: SchemasClient, registry: string): Promise<EvbError> {
  const known = await listRegistries(schemas);
  const near = nearNames(registry, known);
  return new EvbError("NOT_FOUND", `no schema registry ${registry}`, [
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `there are ${known.join(", ")}`,
  ]);
}
