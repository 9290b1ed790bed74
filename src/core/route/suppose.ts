import { compilePattern, type Pattern } from "../pattern/index.ts";

/**
 * A pattern in which something is not known before the deploy, read both ways. An event that `least` matches is matched
 * whatever the unknown turns out to be; one that `most` does not match never is; in between nobody can say.
 */
export interface Supposed {
  readonly least: Pattern;
  readonly most: Pattern;
}

/** No event has it: what stands for a matcher that shall not hold. */
const nothing = "\u0000";
const anything = [{ exists: true }, { exists: false }];

/**
 * `names` are those of the unknowns, which stand in the pattern's text as `${name}`. A rule that `mayBeMissing` is not
 * sure to match anything.
 */
export function supposePattern(source: string, names: readonly string[], mayBeMissing = false): Supposed {
  const signs = names.map((name) => `\${${name}}`);
  const pattern = parse(source);
  const read = (stand: readonly unknown[]) => {
    const supposed = replace(pattern, signs, stand);
    return compilePattern(Array.isArray(supposed) ? { [nothing]: stand } : (supposed as object));
  };
  const most = read(anything);
  return { least: mayBeMissing ? compilePattern({ [nothing]: [nothing] }) : read([nothing]), most };
}

/** A text that becomes JSON only with its unknowns, or that is one, is itself the unknown. */
function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return [source];
  }
}

/** Only matchers, the elements of lists that are no alternatives of `$or`, can hold an unknown. */
function replace(value: unknown, signs: readonly string[], stand: readonly unknown[], key = ""): unknown {
  if (Array.isArray(value)) {
    if (key === "$or") return value.map((branch) => replace(branch, signs, stand));
    return value.flatMap((matcher) => (isUnknown(matcher, signs) ? stand : [matcher]));
  }
  if (typeof value === "string" && isUnknown(value, signs)) return stand;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, content]) => [field, replace(content, signs, stand, field)]),
  );
}

function isUnknown(matcher: unknown, signs: readonly string[]): boolean {
  const text = JSON.stringify(matcher);
  return signs.some((sign) => text.includes(JSON.stringify(sign).slice(1, -1)));
}
