import type { Rule } from "../../../core/route/index.ts";

/** What a rule takes, in a cell: source and detail-type, and how many fields it asks for beside them. */
export function summarise({ pattern, schedule }: Rule): string {
  const parts = schedule === undefined ? [] : [schedule];
  if (pattern === undefined) return parts.join(" ");
  let value: unknown;
  try {
    value = JSON.parse(pattern);
  } catch {
    // Shown as it is: a text that is no JSON is what whoever reads the table should see.
    return [...parts, pattern].join(" ");
  }
  const { source, "detail-type": type, ...others } = value as Record<string, unknown>;
  const more = fieldsOf(others);
  return [
    ...parts,
    ...[source, type].filter((list) => list !== undefined).map(matchers),
    ...(more.length > 0 ? [more.length < 3 ? more.join(", ") : `${more.length} more fields`] : []),
  ].join("  ");
}

const matchers = (list: unknown): string =>
  Array.isArray(list)
    ? list.map((matcher) => (typeof matcher === "string" ? matcher : JSON.stringify(matcher))).join(" | ")
    : JSON.stringify(list);

const fieldsOf = (value: unknown, path = ""): string[] =>
  typeof value !== "object" || value === null || Array.isArray(value)
    ? [path]
    : Object.entries(value).flatMap(([key, below]) => fieldsOf(below, path === "" ? key : `${path}.${key}`));
