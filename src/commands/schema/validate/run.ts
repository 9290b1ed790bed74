import { EvbError } from "../../../core/errors.ts";
import { Exit } from "../../../core/exit.ts";
import type { Mismatch } from "../../../core/schema/mismatch.ts";
import { isDirectory } from "../../../shell/files.ts";
import { type DetailVerdict, openChecker, openDetailCheck } from "../../detail-check.ts";
import { readEvents } from "../../event-input.ts";
import { findSchema } from "../../find-schema.ts";
import type { Run } from "../../perform.ts";
import type { Stage } from "../../stage.ts";
import type { ValidateOptions } from "./command.ts";

export type ValidateHappening =
  /** `schema` is `com.shop@OrderPlaced, version 2`; none where there is no schema for the event. */
  | {
      readonly kind: "event";
      readonly index: number;
      readonly place: string;
      readonly event: string;
      readonly schema: string | undefined;
      readonly where: string;
      readonly mismatches: readonly Mismatch[];
    }
  | { readonly kind: "broken"; readonly index: number; readonly place: string; readonly reason: string };

interface Desk {
  readonly where: string;
  judge(source: string, detailType: string, detail: unknown): Promise<DetailVerdict>;
}

export const runValidate: Run<ValidateOptions, ValidateHappening> = async function* (options, stage) {
  const desk = await openDesk(options, stage);
  let exit: number = Exit.done;
  for await (const input of readEvents(stage.world, options.events)) {
    const { index, place } = input;
    const event = input.ok ? readEvent(input.text) : input.reason;
    if (typeof event === "string") {
      yield { kind: "broken", index, place, reason: event };
      exit = Exit.badInput;
      continue;
    }
    const { source, detailType, detail } = event;
    const { schema, mismatches } = await desk.judge(source, detailType, detail);
    if (exit === Exit.done && (schema === undefined || mismatches.length > 0)) exit = Exit.negative;
    const by = schema && `${schema.name}, version ${schema.version}`;
    const what = `${source}  ${detailType}`;
    yield { kind: "event", index, place, event: what, schema: by, where: desk.where, mismatches };
  }
  return exit;
};

interface Event {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
}

function readEvent(text: string): Event | string {
  const { source, "detail-type": detailType, detail } = JSON.parse(text) as Record<string, unknown>;
  if (typeof source !== "string") return "the event has no source";
  if (typeof detailType !== "string") return "the event has no detail-type";
  return detail === undefined ? "the event has no detail" : { source, detailType, detail };
}

async function openDesk({ name, choice }: ValidateOptions, stage: Stage): Promise<Desk> {
  if (name === undefined) return await openDetailCheck(choice, stage);
  const { place, version } = choice;
  const registry = place === true ? undefined : place;
  if (registry !== undefined && (await isDirectory(stage.world, registry)))
    throw new EvbError("BAD_USAGE", "a schema is named only in a registry", [
      "in a folder each event's schema is found by its source and detail type",
    ]);
  const connection = await stage.connect();
  const found = await findSchema(await connection.schemas(), { name, registry, version });
  const { schema, check } = openChecker(found);
  return {
    where: found.registry,
    judge: async (_source, _detailType, detail) => ({ schema, mismatches: check(detail) }),
  };
}
