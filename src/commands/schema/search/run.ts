import { listRegistries, searchSchemas } from "../../../aws/schemas.ts";
import { Exit } from "../../../core/exit.ts";
import type { Run } from "../../perform.ts";
import { inRegistry } from "../../schema-registries.ts";
import type { SearchOptions } from "./command.ts";

export interface SearchHit {
  readonly registry: string;
  readonly name: string;
  /** Numbers of the versions with the words. */
  readonly versions: readonly string[];
}

export type SearchHappening =
  | { readonly kind: "hit"; readonly hit: SearchHit }
  | { readonly kind: "end"; readonly registries: readonly string[] };

export const runSearch: Run<SearchOptions, SearchHappening> = async function* ({ words, registry }, stage) {
  const connection = await stage.connect();
  const schemas = await connection.schemas();
  const registries = registry === undefined ? await listRegistries(schemas) : [registry];
  let hits = 0;
  for (const each of registries)
    for await (const found of inRegistry(schemas, each, searchSchemas(schemas, each, words.join(" ")))) {
      hits++;
      const versions = (found.SchemaVersions ?? []).map(({ SchemaVersion = "" }) => SchemaVersion);
      yield { kind: "hit", hit: { registry: each, name: found.SchemaName ?? "", versions } };
    }
  yield { kind: "end", registries };
  return hits > 0 ? Exit.done : Exit.negative;
};
