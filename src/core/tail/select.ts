import { parsePath, type Step } from "../event/path.ts";

/** Reads the path of `--select`: `detail.order.id`, `$.detail.items[0]`. Gives a sentence when it is broken. */
export const parseSelect = (text: string): readonly Step[] | string =>
  text === "$" ? [] : parsePath(text.replace(/^\$\.?(?=.)/, ""));

/** What stands at the path, or `undefined` when there is nothing. */
export function select(value: unknown, steps: readonly Step[]): unknown {
  let here = value;
  for (const step of steps) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    if (Array.isArray(here) !== (typeof step === "number")) return undefined;
    here = (here as Record<Step, unknown>)[step];
  }
  return here;
}

/** As `jq` and `jq -r` print it: nothing is `null`; a string has quotes only as JSON. */
export function renderSelected(value: unknown, json: boolean): string {
  if (typeof value === "string" && !json) return value;
  return JSON.stringify(value ?? null);
}
