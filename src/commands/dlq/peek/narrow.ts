import type { Group, GroupField } from "../../../core/redrive/group.ts";
import type { FilterOptions } from "../flags.ts";

/** Of a walked group, so many messages can be named one by one. */
const mostIds = 100;

/**
 * Filters that let pass exactly one group of what `filters` let pass. Where no filter can say that, the messages are
 * named by their ids; undefined where those are too many, or not all known.
 */
export function narrow(
  filters: FilterOptions,
  fields: readonly GroupField[],
  groups: readonly Group[],
  group: Group,
  ids: readonly string[] | undefined,
): FilterOptions | undefined {
  // A pattern matches a value inside an array too, which is another group.
  const isSure = !groups.some(({ values }) =>
    fields.some(({ path }, index) => path !== undefined && isStructure(values[index])),
  );
  if (filters.max === undefined && isSure) {
    const narrowed = byFields(filters, fields, group.values);
    if (narrowed !== undefined) return narrowed;
  }
  return ids !== undefined && ids.length <= mostIds ? { messageId: ids } : undefined;
}

const flags = {
  "error-code": "errorCode",
  rule: "rule",
  target: "target",
  source: "source",
  "detail-type": "detailType",
} as const;

function byFields(
  filters: FilterOptions,
  fields: readonly GroupField[],
  values: readonly unknown[],
): FilterOptions | undefined {
  let narrowed: FilterOptions = filters;
  const pattern = {};
  for (const [index, field] of fields.entries()) {
    const value = values[index];
    if (field.path !== undefined) {
      // What has no such value may be no JSON at all, which no pattern matches.
      if (value === undefined || field.path.some((step) => typeof step === "number")) return undefined;
      if (!plant(pattern, field.path as readonly string[], [value])) return undefined;
      continue;
    }
    const flag = flags[field.name as keyof typeof flags];
    // There is no filter for what is absent, nor for the kind.
    if (flag === undefined || typeof value !== "string") return undefined;
    narrowed = { ...narrowed, [flag]: [value] };
  }
  if (Object.keys(pattern).length === 0) return narrowed;
  // Several patterns are alternatives, so one more would widen what passes.
  if (filters.pattern !== undefined) return undefined;
  return { ...narrowed, pattern: [JSON.stringify(pattern)] };
}

const isStructure = (value: unknown): boolean => typeof value === "object" && value !== null;

/** False where another field's path goes through this one. */
function plant(pattern: object, path: readonly string[], leaf: readonly unknown[]): boolean {
  let at = pattern as Record<string, unknown>;
  for (const step of path.slice(0, -1)) {
    at[step] ??= {};
    if (Array.isArray(at[step])) return false;
    at = at[step] as Record<string, unknown>;
  }
  const last = path.at(-1)!;
  if (at[last] !== undefined) return false;
  at[last] = leaf;
  return true;
}
