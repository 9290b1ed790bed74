import { EvbError } from "../errors.ts";
import { findJsonFault } from "../json.ts";
import { type Draft, kindOf } from "./draft.ts";
import { editDetail, inexact } from "./edit.ts";
import { parsePath, renderPath, type Step } from "./path.ts";

/** One `--set`: a field of an event, and what it becomes. */
export interface Assignment {
  readonly path: readonly Step[];
  readonly value: unknown;
}

type Settable = "source" | "detailType" | "detail" | "resources" | "time";

const heads: Readonly<Record<string, Settable>> = {
  source: "source",
  "detail-type": "detailType",
  detail: "detail",
  resources: "resources",
  time: "time",
  Source: "source",
  DetailType: "detailType",
  Detail: "detail",
  Resources: "resources",
  Time: "time",
};

/** Reads `path=text` and `path:=json`. */
export function parseAssignment(text: string): Assignment {
  const split = /^((?:\["(?:[^"\\]|\\.)*"\]|\\.|[^=\\[]|\[(?!"))*?)(:?=)([\s\S]*)$/.exec(text);
  if (split === null)
    throw new EvbError("BAD_USAGE", `--set ${text}: expected path=text or path:=json`, [
      "for example --set detail.order.id=42, or --set detail.total.amount:=19.5",
    ]);
  const [, left = "", sign, right = ""] = split;
  const path = parsePath(left);
  if (typeof path === "string") throw new EvbError("BAD_USAGE", `--set ${text}: ${path}`);
  const head = path[0]!;
  if (typeof head !== "string" || !Object.hasOwn(heads, head))
    throw new EvbError("BAD_USAGE", `--set ${text}: an event has no field ${head} that can be set`, [
      "a path begins with source, detail-type, detail, resources or time",
    ]);
  return { path, value: sign === "=" ? right : jsonOf(right, text) };
}

function jsonOf(right: string, text: string): unknown {
  try {
    return JSON.parse(right);
  } catch {
    const reason = findJsonFault(right)?.reason ?? "no JSON";
    throw new EvbError("BAD_USAGE", `--set ${text}: the value is no valid JSON: ${reason}`, [
      "path=text sets a text as it is",
    ]);
  }
}

/** Carries out an assignment on a draft. Gives what keeps it from being done, if anything does. */
export function assign(draft: Draft, { path, value }: Assignment): string | undefined {
  const [head, ...rest] = path;
  const field = heads[head as string]!;
  try {
    if (field === "detail") openDetail(draft, rest.length > 0);
    draft[field] = withValue(draft[field], rest, value, [head!]);
    return undefined;
  } catch (error) {
    if (error instanceof NoWay) return error.message;
    throw error;
  }
}

/** The path leads through something that is no container. */
class NoWay extends Error {}

/** Makes the detail one that can be edited, or that can be replaced as a whole. */
function openDetail(draft: Draft, edited: boolean): void {
  if (!edited) delete draft.exactDetail;
  else if (!editDetail(draft)) throw new NoWay(inexact);
}

/** A copy of `target` with one value changed; containers that are missing on the way are made. */
function withValue(target: unknown, path: readonly Step[], value: unknown, above: readonly Step[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = target === undefined || target === null ? [] : target;
    if (!Array.isArray(list))
      throw new NoWay(`${renderPath(above)} is ${kindOf(target)}, so it has no [${step}]`);
    if (step > list.length)
      throw new NoWay(`${renderPath(above)} has ${list.length} elements, so [${step}] would leave a gap`);
    const copy = [...list];
    copy[step] = withValue(list[step], rest, value, [...above, step]);
    return copy;
  }
  const record = target === undefined || target === null ? {} : target;
  if (typeof record !== "object" || Array.isArray(record))
    throw new NoWay(`${renderPath(above)} is ${kindOf(target)}, so it has no field ${step}`);
  const own = Object.hasOwn(record, step) ? (record as Record<string, unknown>)[step] : undefined;
  const copy = { ...record };
  // Not by assignment, for a key such as __proto__.
  Object.defineProperty(copy, step, {
    value: withValue(own, rest, value, [...above, step]),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}
