import { builtinNames, templateNames } from "./functions.ts";

/** Names that a variable must not take: it would hide a function that the template uses. */
const reserved = new Set<string>([
  ...Object.keys(templateNames({ now: 0, random: () => 0, index: 0 })),
  ...builtinNames,
  "true",
  "false",
  "null",
  "in",
]);

export const isFreeName = (name: string): boolean =>
  /^[a-zA-Z_]\w*$/.test(name) && name !== "__proto__" && !reserved.has(name);

/** A text of which json-e makes what the expression gives. */
export const expr = (code: string): string => `\${${code}}`;

export const escapeText = (text: string): string => text.replace(/\$(?=\{)/g, () => "$$");
export const escapeKey = (key: string): string =>
  escapeText(key.startsWith("$") && key[1] !== "{" ? `$${key}` : key);

/** A value as json-e gives it back unchanged. */
export function quote(value: unknown): unknown {
  if (typeof value === "string") return escapeText(value);
  if (Array.isArray(value)) return value.map(quote);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [escapeKey(key), quote(inner)]));
}
