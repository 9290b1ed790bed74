import { InvalidArgumentError } from "@commander-js/extra-typings";
import { parseDuration } from "../../core/duration.ts";
import { nearNames } from "../../core/near.ts";
import type { Fault, FaultKind } from "../../local/faults.ts";

/** One `--fault`: `OPERATION[@CALLS]=KIND[:VALUE]`, added to those before it. */
export function fault(text: string, before: readonly Fault[] = []): readonly Fault[] {
  const parts = /^(\*|[A-Z]\w*)(?:@(?:(\d+(?:,\d+)*)|every:(\d+)))?=([a-z-]+)(?::(.+))?$/.exec(text);
  if (parts === null)
    throw new InvalidArgumentError("expected OPERATION[@CALLS]=KIND[:VALUE], such as PutEvents@1=throttle.");
  const [, operation, nth, every, kind, value] = parts;
  const made = Object.hasOwn(kinds, kind!) ? kinds[kind!] : undefined;
  if (made === undefined) throw new InvalidArgumentError(`no such kind of fault: ${kind}.${nearest(kind!)}`);
  const when = {
    operation: operation!,
    ...(nth === undefined ? {} : { nth: numbers(nth, 1) }),
    ...(every === undefined ? {} : { every: numbers(every, 1)[0]! }),
  };
  return [...before, { ...when, ...made(value) }];
}

const kinds: Readonly<Record<string, (value: string | undefined) => FaultKind>> = {
  throttle: without("throttle"),
  hang: without("hang"),
  reset: without("reset"),
  "lose-answer": without("lose-answer"),
  error(value) {
    if (value === undefined) return { kind: "error" };
    if (!/^\d+$/.test(value)) return { kind: "error", status: 400, code: value };
    if (!/^[45]\d\d$/.test(value)) throw new InvalidArgumentError("the status of an error is 400 to 599.");
    return { kind: "error", status: Number(value) };
  },
  late(value) {
    const ms = value === undefined ? undefined : parseDuration(value);
    if (ms === undefined) throw new InvalidArgumentError("late wants a duration, such as late:2s.");
    return { kind: "late", ms };
  },
  "fail-entries"(value) {
    if (value === undefined || !/^\d+(,\d+)*$/.test(value))
      throw new InvalidArgumentError("fail-entries wants places, from 0, such as fail-entries:0,2.");
    return { kind: "fail-entries", entries: numbers(value, 0) };
  },
};

function without(kind: "throttle" | "hang" | "reset" | "lose-answer") {
  return (value: string | undefined): FaultKind => {
    if (value !== undefined) throw new InvalidArgumentError(`${kind} takes no value.`);
    return { kind };
  };
}

function numbers(text: string, least: number): readonly number[] {
  const found = text.split(",").map(Number);
  if (found.some((one) => one < least)) throw new InvalidArgumentError(`calls are counted from ${least}.`);
  return found;
}

function nearest(kind: string): string {
  const names = nearNames(kind, Object.keys(kinds));
  return ` Kinds: ${(names.length > 0 ? names : Object.keys(kinds)).join(", ")}.`;
}
