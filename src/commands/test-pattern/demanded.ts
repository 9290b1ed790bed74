import type { Pattern } from "../../core/pattern/index.ts";

type Branch = Pattern["branches"][number];
type Matcher = Branch[number]["matchers"][number];

/**
 * Bytes of which every matching event has one, or else `escape`, by which it may spell them otherwise.
 * `undefined` when the pattern demands none: what it wants may be absent, a number, in another case.
 */
export interface Demand {
  readonly literals: readonly string[];
  readonly escape: string;
}

/** With more than these, searching for each costs more than it saves. */
const most = 8;

export function findDemand({ branches }: Pattern): Demand | undefined {
  const literals = new Set<string>();
  for (const branch of branches) {
    const chosen = demandOf(branch);
    if (chosen === undefined) return undefined;
    for (const literal of chosen) literals.add(literal);
  }
  if (literals.size > most) return undefined;
  // Of what can stand in a literal, only a slash has a short escape that JSON.stringify does not write.
  const hasSlash = [...literals].some((literal) => literal.includes("/"));
  return { literals: [...literals], escape: hasSlash ? "\\" : "\\u" };
}

/** The literals of the field that is likely to be the rarest: the one with the longest. */
function demandOf(branch: Branch): readonly string[] | undefined {
  const fields = branch.map(({ matchers }) => matchers.map(literalOf));
  const usable = fields.filter((literals) => literals.every((literal) => literal !== undefined));
  const shortest = (literals: readonly string[]) => Math.min(...literals.map(({ length }) => length));
  return usable.sort((a, b) => shortest(b) - shortest(a))[0];
}

/** How a value that the matcher takes is spelt, as far as that is certain. */
function literalOf(matcher: Matcher): string | undefined {
  const isPart = matcher.operator === "prefix" || matcher.operator === "suffix";
  const text = isPart ? matcher.wanted() : matcher.key;
  if (typeof text !== "string" || text === "") return undefined;
  // A number that no double can hold is compared as this word.
  if ("-Infinity".includes(text)) return undefined;
  // Against a quote, the engine compares the value's own as well.
  if (isPart && text.includes('"')) return undefined;
  // An unpaired surrogate stands for "?" there, which has no escape.
  if (isPart && /\p{Surrogate}/u.test(text)) return undefined;
  // Without the quote in front: what begins with so frequent a byte is searched for ten times as long.
  return JSON.stringify(text).slice(1, matcher.operator === "prefix" ? -1 : undefined);
}
