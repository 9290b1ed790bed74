import { Kind, type Value } from "../value/value.ts";

const kinds = { 0: "string", 1: "number", 2: "boolean", 3: "boolean", 4: "null" } as const;

/** The JSON type of a value, in words. */
export const kindOf = (value: Value): string => kinds[value.kind];

/** Why a value is not this string, where the two are near. */
export function nearText(value: Value, wanted: string): string | undefined {
  if (!value.isString)
    return value.text === wanted ? `is the ${kindOf(value)} ${wanted}, not a string` : undefined;
  const found = value.text;
  if (fold(found) === fold(wanted)) return "differs only in case";
  if (found.trim() === wanted.trim()) return "differs only in white space";
  if (fold(found.trim()) === fold(wanted.trim())) return "differs only in case and white space";
  if (found.normalize() === wanted.normalize())
    return "looks the same, but its characters are composed differently";
  if (wanted !== "" && found.startsWith(wanted)) return "begins with what was wanted; a prefix would match";
  if (found !== "" && wanted.startsWith(found)) return "is only the beginning of what was wanted";
  return undefined;
}

/** Why a value that should satisfy an operator for strings does not: its type, or the case of its letters. */
export function nearPart(value: Value, test: (text: Value) => boolean): string | undefined {
  if (!value.isString) return `is a ${kindOf(value)}; this operator takes strings only`;
  const { text } = value;
  const wouldMatch = text.trim() !== text && test(value.setText(Kind.string, text.trim()));
  value.setText(Kind.string, text);
  return wouldMatch ? "would match without the white space around it" : undefined;
}

const fold = (text: string): string => text.toLowerCase();
