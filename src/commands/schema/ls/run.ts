import type { SchemasClient } from "@aws-sdk/client-schemas";
import { listRegistries, listSchemas } from "../../../aws/schemas.ts";
import { Exit } from "../../../core/exit.ts";
import type { Run } from "../../perform.ts";
import { awsRegistry, inRegistry } from "../../schema-registries.ts";
import type { LsOptions } from "./command.ts";

export interface LsRow {
  readonly registry: string;
  readonly name: string;
  readonly versions: number | undefined;
  readonly lastModified: Date | undefined;
}

export type LsHappening =
  | { readonly kind: "row"; readonly row: LsRow }
  | { readonly kind: "end"; readonly registries: readonly string[]; readonly where: string };

export const runLs: Run<LsOptions, LsHappening> = async function* ({ registry, prefix }, stage) {
  const connection = await stage.connect();
  const schemas = await connection.schemas();
  const registries = registry === undefined ? await ownRegistries(schemas) : [registry];
  for (const each of registries)
    for await (const found of inRegistry(schemas, each, listSchemas(schemas, each, prefix)))
      yield {
        kind: "row",
        row: {
          registry: each,
          name: found.SchemaName ?? "",
          versions: found.VersionCount,
          lastModified: found.LastModified,
        },
      };
  yield { kind: "end", registries, where: connection.where };
  return Exit.done;
};

const ownRegistries = async (schemas: SchemasClient): Promise<string[]> =>
  (await listRegistries(schemas)).filter((name) => name !== awsRegistry);
