import { listVersions } from "../../../aws/schemas.ts";
import { Exit } from "../../../core/exit.ts";
import { type FoundSchema, findSchema } from "../../find-schema.ts";
import type { Run } from "../../perform.ts";
import type { ShowOptions } from "./command.ts";

export interface ShowHappening {
  readonly found: FoundSchema;
  /** Numbers of all versions. */
  readonly versions: readonly string[];
}

export const runShow: Run<ShowOptions, ShowHappening> = async function* (options, stage) {
  const connection = await stage.connect();
  const schemas = await connection.schemas();
  const found = await findSchema(schemas, options);
  yield { found, versions: await listVersions(schemas, found.registry, found.name) };
  return Exit.done;
};
