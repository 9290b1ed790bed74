import { EvbError } from "../../core/errors.ts";
import { readDraft } from "../../core/event/draft.ts";
import { changesNumbers } from "../../core/event/exact.ts";
import { makeTemplateOf } from "../../core/event/template/of-event.ts";
import { parseTime } from "../../core/event/time.ts";
import type { World } from "../../shell/world.ts";
import { readEvents } from "../event-input.ts";
import type { NewOptions } from "./command.ts";
import type { Making } from "./new.ts";

/** A template of one captured event: inline JSON, a file, or standard input. */
export async function makeOfEvent(event: string, { description }: NewOptions, world: World): Promise<Making> {
  const { text, place } = await readOne(event, world);
  const { draft, faults } = readDraft(JSON.parse(text));
  const { source, detailType, detail, resources = [], time } = draft;
  if (
    typeof source !== "string" ||
    typeof detailType !== "string" ||
    typeof detail !== "object" ||
    detail === null
  )
    throw new EvbError("BAD_EVENT", `${place}: an event with source, detail-type and detail is needed`, [
      ...faults,
      "evb tail --max 1 --json | evb template new NAME",
    ]);
  const ms = time === undefined ? undefined : parseTime(time);
  const made = makeTemplateOf(
    {
      source,
      detailType,
      detail,
      resources: Array.isArray(resources) ? resources.map(String) : [],
      time: typeof ms === "number" ? ms : undefined,
    },
    description ?? `Like a ${detailType} of ${source} that was captured`,
  );
  const notes = [
    ...made.left.map(
      (path) => `what stood at ${path} looks like a secret and was not kept: it must be given`,
    ),
    ...(changesNumbers(text) ? ["numbers of more than 15 digits were rounded"] : []),
    ...(source.startsWith("aws.") ? [`only AWS may publish as ${source}: change the source`] : []),
  ];
  return { template: made.template, notes };
}

async function readOne(
  event: string,
  world: World,
): Promise<{ readonly text: string; readonly place: string }> {
  let first: { readonly text: string; readonly place: string } | undefined;
  for await (const input of readEvents(world, [event])) {
    if (!input.ok) throw new EvbError("BAD_EVENT", `${input.place}: ${input.reason}`);
    if (first !== undefined)
      throw new EvbError(
        "BAD_EVENT",
        `${input.place}: a template is made of one event, and here is another`,
        ["evb tail --max 1, or | head -1"],
      );
    first = input;
  }
  if (first !== undefined) return first;
  throw new EvbError("BAD_EVENT", `no event in ${event === "-" ? "standard input" : event}`);
}
