import type { Matcher } from "../operators/operator.ts";
import { compilePattern } from "../pattern.ts";

const bytes = new TextEncoder();

/** Whether every value that the narrow matcher takes is surely taken by the wide one. */
export function covers(wide: Matcher, narrow: Matcher): boolean {
  if (wide.print() === narrow.print()) return true;
  if (wide.wantsAbsence || narrow.wantsAbsence) return false;
  if (wide.operator === "exists") return true;
  // Without reading anything: most of what is compared are two texts.
  if (isLiteral(narrow) && isLiteral(wide)) return wide.key !== undefined && wide.key === narrow.key;
  if (isLiteral(narrow)) return takes(wide, narrow.print());
  const [outer, inner] = [wide.wanted(), narrow.wanted()];
  if (wide.operator !== narrow.operator || typeof outer !== "string" || typeof inner !== "string")
    return false;
  if (wide.operator === "prefix") return inner.startsWith(outer) && !outer.endsWith('"');
  return wide.operator === "suffix" && inner.endsWith(outer) && !outer.startsWith('"');
}

/** A matcher that one value satisfies. An IP address has many spellings, and so no key. */
export const isLiteral = (matcher: Matcher): boolean =>
  matcher.operator === "equals" && (matcher.key !== undefined || /^(true|false|null)$/.test(matcher.print()));

/** Whether a matcher takes a value that is given as a matcher's text: a bare string, number or word, or `exactly`. */
function takes(matcher: Matcher, literal: string): boolean {
  const value = literal.startsWith("{") ? literal.slice('{"exactly":'.length, -1) : literal;
  const isCidrOfNumber = matcher.operator === "cidr" && !value.startsWith('"');
  return (
    !isCidrOfNumber &&
    compilePattern(`{"x":[${matcher.print()}]}`).matchesJson(bytes.encode(`{"x":${value}}`))
  );
}
