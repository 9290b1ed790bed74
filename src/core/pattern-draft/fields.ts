import type { SchemaField } from "../schema/fields.ts";
import { renderField } from "./condition.ts";

/** A field of sample events that a pattern can ask for. */
export interface Field {
  readonly path: readonly string[];
  /** Different values that it has, in the order in which they came, not more than `mostValues`. */
  readonly values: readonly Plain[];
  /** In how many of the events it is. */
  readonly count: number;
}

export type Plain = string | number | boolean | null;

const mostValues = 20;
/** What says most about an event comes first, what is another in each comes last. */
const first = ["source", "detail-type", "detail"];
const last = ["resources", "account", "region", "time", "id", "version"];

/** The fields of events, through arrays too, as a pattern does not see them. Those that every event has in the envelope come after the detail's. */
export function fieldsOf(events: readonly object[]): Field[] {
  const found = new Map<string, { path: readonly string[]; values: Set<Plain>; seenIn: Set<number> }>();
  for (const [index, event] of events.entries())
    visit(event, [], (path, value) => {
      const key = JSON.stringify(path);
      const field = found.get(key) ?? { path, values: new Set(), seenIn: new Set() };
      if (field.values.size < mostValues) field.values.add(value);
      field.seenIn.add(index);
      found.set(key, field);
    });
  return [...found.values()]
    .map(({ path, values, seenIn }) => ({ path, values: [...values], count: seenIn.size }))
    .sort((a, b) => rank(a.path[0]!) - rank(b.path[0]!));
}

/** The values that a schema allows stand in for the one of its example. */
export function withChoices(fields: readonly Field[], schema: readonly SchemaField[]): Field[] {
  const choices = new Map<string, Plain[]>(
    schema.flatMap(({ path, choices: given }) =>
      given === undefined ? [] : [[`detail.${path.replaceAll("[]", "")}`, given.filter(isPlain)] as const],
    ),
  );
  return fields.map((field) => {
    const given = choices.get(renderField(field.path));
    return given === undefined || given.length === 0
      ? field
      : { ...field, values: given.slice(0, mostValues) };
  });
}

function visit(
  value: unknown,
  path: readonly string[],
  see: (path: readonly string[], value: Plain) => void,
): void {
  if (Array.isArray(value)) for (const item of value) visit(item, path, see);
  else if (isPlain(value)) see(path, value);
  // No pattern can ask for a field of that name.
  else
    for (const [key, item] of Object.entries(value as object))
      if (key !== "$or") visit(item, [...path, key], see);
}

const isPlain = (value: unknown): value is Plain => typeof value !== "object" || value === null;

function rank(head: string): number {
  if (first.includes(head)) return first.indexOf(head);
  return last.includes(head) ? 100 + last.indexOf(head) : 50;
}
