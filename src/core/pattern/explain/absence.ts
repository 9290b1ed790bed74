import type { Leaf } from "../parse/pattern.ts";

/** Why nothing is found at a path: what is there instead, and which key comes nearest. */
export function explainAbsence(event: unknown, leaf: Leaf): string {
  const steps = leaf.path.split(".");
  const { value, depth } = descend(event, steps);
  const here = steps.slice(0, depth).join(".");
  if (depth === steps.length) return explainNoValue(value);
  if (typeof value === "string") return explainString(value, here, steps.slice(depth));
  if (!isContainer(value)) return `${here} is ${describe(value)}, so it has no keys`;
  const items = Array.isArray(value) ? value.flat(8).filter(isContainer) : [value];
  if (items.length === 0) return `${here} is an array without objects`;
  const step = steps[depth]!;
  const near = items.map((item) => nearestKey(item, step)).find((hint) => hint !== undefined);
  const elsewhere = near ?? levelOff(event, items, steps, depth);
  return elsewhere ?? `${here === "" ? "the event" : here} has no key ${JSON.stringify(step)}`;
}

/** Follows the steps as far as they lead; into the first element of an array that has the next one. */
function descend(event: unknown, steps: readonly string[]): { value: unknown; depth: number } {
  let value = event;
  for (let depth = 0; depth < steps.length; depth++) {
    const items = Array.isArray(value) ? value.flat(8) : [value];
    const owner = items.find((item) => isContainer(item) && Object.hasOwn(item, steps[depth]!));
    if (owner === undefined) return { value, depth };
    value = (owner as Record<string, unknown>)[steps[depth]!];
  }
  return { value, depth: steps.length };
}

function explainNoValue(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return "is an empty array, which has no value";
  const keys = Object.keys((Array.isArray(value) ? value.flat(8).find(isContainer) : value) ?? {});
  if (keys.length === 0) return "is an empty object, which has no value";
  const some = keys.slice(0, 5).join(", ");
  return `is an object, and only its fields have values: ${some}${keys.length > 5 ? ", …" : ""}`;
}

/** A string where an object should be: often the object itself, written as JSON once too often. */
function explainString(text: string, here: string, rest: readonly string[]): string {
  let inner: unknown;
  try {
    inner = JSON.parse(text);
  } catch {
    return `${here} is a string, so it has no keys`;
  }
  const { depth } = descend(inner, rest);
  if (depth === rest.length)
    return `${here} is a string that holds JSON with this field; it should be an object`;
  return `${here} is a string${isContainer(inner) ? " that holds JSON; it should be an object" : ", so it has no keys"}`;
}

/** A key that differs in case, in what is between its words, or in a letter or two. */
function nearestKey(item: object, step: string): string | undefined {
  const keys = Object.keys(item);
  const inOtherCase = keys.find((key) => key.toLowerCase() === step.toLowerCase());
  if (inOtherCase !== undefined)
    return `there is a key ${JSON.stringify(inOtherCase)}: it differs only in case`;
  const plain = (key: string): string => key.toLowerCase().replace(/[-_\s]/g, "");
  const spelt = keys.find((key) => plain(key) === plain(step));
  const near = spelt ?? keys.find((key) => isNear(key.toLowerCase(), step.toLowerCase()));
  return near === undefined ? undefined : `there is a key ${JSON.stringify(near)}`;
}

/** The same key one level up or down. */
function levelOff(
  event: unknown,
  items: readonly object[],
  steps: readonly string[],
  depth: number,
): string | undefined {
  const step = steps[depth]!;
  for (const item of items)
    for (const [key, child] of Object.entries(item))
      if (isContainer(child) && !Array.isArray(child) && Object.hasOwn(child, step))
        return `the key is one level down, at ${[...steps.slice(0, depth), key, step].join(".")}`;
  if (depth === 0) return undefined;
  const above = descend(event, steps.slice(0, depth - 1)).value;
  return isContainer(above) && Object.hasOwn(above, step)
    ? `the key is one level up, at ${[...steps.slice(0, depth - 1), step].join(".")}`
    : undefined;
}

/** Whether one edit, or two in a longer word, turns one key into the other. */
function isNear(a: string, b: string): boolean {
  const most = Math.max(a.length, b.length) > 5 ? 2 : 1;
  if (Math.abs(a.length - b.length) > most || Math.min(a.length, b.length) < 3) return false;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]! <= most;
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;

const describe = (value: unknown): string => (value === null ? "null" : `a ${typeof value}`);
