import { Exit } from "../../../core/exit.ts";
import { makeExample } from "../../../core/schema/example.ts";
import { makeTemplate } from "../../../core/schema/template.ts";
import { demandReadable, findSchema, kindOfSchema } from "../../find-schema.ts";
import type { Run } from "../../perform.ts";
import type { GenerateOptions } from "./command.ts";

export interface GenerateHappening {
  readonly made: object;
  readonly source: string;
  /** The schema does not name source and detail type, so they come from its name. */
  readonly guessed: boolean;
}

export const runGenerate: Run<GenerateOptions, GenerateHappening> = async function* (options, stage) {
  const connection = await stage.connect();
  const found = await findSchema(await connection.schemas(), options);
  const { name } = found;
  const schema = demandReadable(found);
  const kind = kindOfSchema(found);
  const { clock, random } = stage.world;
  const made = options.template
    ? makeTemplate(schema, kind, name)
    : makeExample(schema, kind, { now: clock.now(), random });
  const guessed = schema.source === undefined || schema.detailType === undefined;
  yield { made, source: kind.source, guessed };
  return Exit.done;
};
