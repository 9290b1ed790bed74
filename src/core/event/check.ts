import { depthOf, findJsonFault } from "../json.ts";
import { busFault } from "./bus.ts";
import { type Draft, fieldName, kindOf } from "./draft.ts";
import type { Entry } from "./entry.ts";
import { putLimits } from "./limits.ts";
import { entryBytes } from "./size.ts";
import { parseTime } from "./time.ts";
import { traceFault } from "./trace.ts";

export interface Checked {
  readonly entry: Entry;
  readonly bytes: number;
}

/**
 * Makes an entry of a draft, or says everything that keeps it from being one: what AWS would refuse (API reference of
 * PutEvents), and what it would accept and then lose.
 */
export function checkDraft(
  draft: Draft,
  limit: number = putLimits.requestBytes,
): Checked | { readonly faults: readonly string[] } {
  const faults: string[] = [];
  const call = (field: Parameters<typeof fieldName>[1]) => fieldName(draft.form, field);
  const source = text(draft.source, call("source"), faults);
  if (source?.startsWith("aws."))
    faults.push(
      `${call("source")} is ${source}: only AWS services may send from a source that begins with aws.`,
    );
  const detailType = text(draft.detailType, call("detailType"), faults);
  if (detailType !== undefined && detailType.length > putLimits.detailTypeChars)
    faults.push(
      `${call("detailType")} has ${detailType.length} characters; at most ${putLimits.detailTypeChars} are allowed`,
    );
  const detail = detailText(draft, call("detail"), faults);
  const resources = resourceList(draft.resources, call("resources"), faults);
  const time = draft.time === undefined ? undefined : parseTime(draft.time);
  if (typeof time === "string") faults.push(`${call("time")}: ${time}`);
  const bus = optional(draft.bus, call("bus"), busFault, faults);
  const traceHeader = optional(draft.traceHeader, call("traceHeader"), traceFault, faults);
  if (faults.length > 0) return { faults };
  const entry: Entry = {
    source: source!,
    detailType: detailType!,
    detail: detail!,
    resources,
    ...(time === undefined ? {} : { time: time as number }),
    ...(bus === undefined ? {} : { bus }),
    ...(traceHeader === undefined ? {} : { traceHeader }),
  };
  const bytes = entryBytes(entry);
  if (bytes < limit) return { entry, bytes };
  return { faults: [`the event has ${bytes} bytes; it must be less than ${limit}`] };
}

function text(value: unknown, name: string, faults: string[]): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  faults.push(
    value === undefined
      ? `${name} is missing`
      : `${name} must be a text, found ${value === "" ? "an empty one" : kindOf(value)}`,
  );
  return undefined;
}

function optional(
  value: unknown,
  name: string,
  fault: (text: string) => string | undefined,
  faults: string[],
): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "string") {
    faults.push(`${name} must be a text, found ${kindOf(value)}`);
    return undefined;
  }
  const found = fault(value);
  if (found) faults.push(`${name} ${found}`);
  return value;
}

function resourceList(value: unknown, name: string, faults: string[]): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  faults.push(
    `${name} must be a list of texts, found ${Array.isArray(value) ? "other things in it" : kindOf(value)}`,
  );
  return [];
}

/** The JSON text of the detail. A text given as it is (`Detail: "{…}"`) is kept to the byte. */
function detailText(draft: Draft, name: string, faults: string[]): string | undefined {
  const { detail } = draft;
  if (detail === undefined) faults.push(`${name} is missing: {} is the least`);
  else if (
    typeof detail !== "string" &&
    (typeof detail !== "object" || detail === null || Array.isArray(detail))
  )
    faults.push(`${name} must be an object, found ${kindOf(detail)}`);
  else {
    const text = typeof detail === "string" ? givenText(detail, name, faults) : renderDetail(draft);
    if (text !== undefined && (text === tooDeep || depthOf(text) > putLimits.detailDepth)) {
      faults.push(`${name} is nested too deep: AWS takes at most ${putLimits.detailDepth} levels`);
      return undefined;
    }
    return text;
  }
  return undefined;
}

/** Stands for a text that could not be made: some engines write an object of any depth, others run out of stack. */
const tooDeep = "";

function renderDetail({ detail, exactDetail }: Draft): string {
  try {
    return exactDetail ?? JSON.stringify(detail);
  } catch (error) {
    if (error instanceof RangeError) return tooDeep;
    throw error;
  }
}

function givenText(detail: string, name: string, faults: string[]): string | undefined {
  const kind = jsonKind(detail);
  if (kind === "an object") return detail;
  const fault = kind === undefined ? findJsonFault(detail) : undefined;
  faults.push(
    fault
      ? `${name} must be an object or the JSON text of one, found a text with a fault at ${fault.line}:${fault.column}: ${fault.reason}`
      : `${name} must hold a JSON object, found ${kind}`,
  );
  return undefined;
}

function jsonKind(text: string): string | undefined {
  try {
    return kindOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}
