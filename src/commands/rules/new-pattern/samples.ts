import { EvbError } from "../../../core/errors.ts";
import { type Field, fieldsOf, withChoices } from "../../../core/pattern-draft/fields.ts";
import { makeExample } from "../../../core/schema/example.ts";
import { listFields } from "../../../core/schema/fields.ts";
import { readEvents } from "../../event-input.ts";
import { demandReadable, findSchema, kindOfSchema } from "../../find-schema.ts";
import type { Stage } from "../../stage.ts";
import type { NewPatternOptions } from "./command.ts";

/** An event that the pattern is tried on. */
export interface Sample {
  /** File and line, or the schema that it is an example of. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Samples {
  readonly all: readonly Sample[];
  readonly fields: readonly Field[];
  /** There are more events than are looked at. */
  readonly isCut: boolean;
}

/** They stay in memory while the person thinks. */
export const mostSamples = 1000;

export async function openSamples(options: NewPatternOptions, stage: Stage): Promise<Samples> {
  if (options.schema !== undefined) return openSchemaSample(options.schema, options, stage);
  const all: Sample[] = [];
  const events: object[] = [];
  let isCut = false;
  for await (const event of readEvents(stage.world, options.events)) {
    if (!event.ok) throw new EvbError("BAD_EVENT", `${event.place}: ${event.reason}`);
    isCut = all.length >= mostSamples;
    if (isCut) break;
    all.push({ name: event.place, bytes: new TextEncoder().encode(event.text) });
    events.push(JSON.parse(event.text) as object);
  }
  if (all.length === 0 && options.events.length > 0)
    throw new EvbError("BAD_EVENT", `no event in ${options.events.join(", ")}`, [
      "give one event, an array of events, or one event a line",
    ]);
  return { all, fields: fieldsOf(events), isCut };
}

async function openSchemaSample(name: string, options: NewPatternOptions, stage: Stage): Promise<Samples> {
  const { registry, version } = options;
  const connection = await stage.connect();
  const found = await findSchema(await connection.schemas(), { name, registry, version });
  const schema = demandReadable(found);
  const { clock, random } = stage.world;
  const example = makeExample(schema, kindOfSchema(found), { now: clock.now(), random });
  return {
    all: [{ name: `an example of ${name}`, bytes: new TextEncoder().encode(JSON.stringify(example)) }],
    fields: withChoices(fieldsOf([example]), listFields(schema)),
    isCut: false,
  };
}
