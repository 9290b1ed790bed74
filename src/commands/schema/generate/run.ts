import { EvbError } from "../../../core/errors.ts";
import { Exit } from "../../../core/exit.ts";
import { makeExample } from "../../../core/schema/example.ts";
import { makeTemplate } from "../../../core/schema/template.ts";
import type { Run } from "../../perform.ts";
import { type FoundSchema, findSchema } from "../find.ts";
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
  const { schema, name, type } = found;
  if (schema === undefined)
    throw new EvbError("NOT_SUPPORTED", `the schema ${name} is neither OpenAPI 3 nor JSON Schema (${type})`, [
      `evb schema show ${name} shows its content`,
    ]);
  const kind = kindOf(found);
  const { clock, random } = stage.world;
  const made = options.template
    ? makeTemplate(schema, kind, name)
    : makeExample(schema, kind, { now: clock.now(), random });
  const guessed = schema.source === undefined || schema.detailType === undefined;
  yield { made, source: kind.source, guessed };
  return Exit.done;
};

/** Names have the form `source@DetailType`, with the detail type's blanks left out. */
function kindOf({ schema, name }: FoundSchema): { source: string; detailType: string } {
  const [, source, detailType] = /^(.+?)@(.+)$/.exec(name) ?? [];
  return {
    source: schema?.source ?? source ?? "com.example",
    detailType: schema?.detailType ?? detailType ?? name,
  };
}
