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
  const pattern = parse(source, signs);
  const read = (stand: Stand) => {
    const supposed = replace(pattern, signs, stand);
    return compilePattern(Array.isArray(supposed) ? { [nothing]: supposed } : (supposed as object));
  };
  const most = read((matcher) => mostOf(matcher, signs));
  return { least: mayBeMissing ? compilePattern({ [nothing]: [nothing] }) : read(() => [nothing]), most };
}

/** What stands for an unknown matcher, or for a whole list of them. */
type Stand = (matcher: unknown) => readonly unknown[];

/** A text that is known in part can only be met by one that begins, or ends, like it. */
function mostOf(matcher: unknown, signs: readonly string[]): readonly unknown[] {
  if (typeof matcher !== "string") return anything;
  const at = signs.map((sign) => matcher.indexOf(sign)).filter((index) => index >= 0);
  const ends = signs.map((sign) => (matcher.includes(sign) ? matcher.lastIndexOf(sign) + sign.length : 0));
  const [start, end] = [matcher.slice(0, Math.min(...at)), matcher.slice(Math.max(...ends))];
  if (start !== "") return [{ prefix: start }];
  return end === "" ? anything : [{ suffix: end }];
}

/** A text that becomes JSON only with its unknowns is read with texts in their place, else is itself the unknown. */
function parse(source: string, signs: readonly string[]): unknown {
  const known = parsed(source);
  if (known !== undefined) return known;
  // The name of an unknown may have quotes in it: aws_sqs_queue.q["a"].arn.
  const marked = signs.reduce((text, sign, index) => text.replaceAll(sign, () => `\0${index}\0`), source);
  const inText = (text: string) => JSON.stringify(text).slice(1, -1);
  const parts = marked
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, place) =>
      part.replace(mark, (_, index) => (place % 2 === 1 ? inText : JSON.stringify)(signs[Number(index)]!)),
    );
  // Broken as it is, whatever comes: for that AWS has words.
  if (marked === source) return compilePattern(source);
  return parsed(parts.join("")) ?? orBroken(marked, signs);
}

/** What cannot be read with its unknowns in quotes may be anything, unless each of them stands in a text already. */
function orBroken(marked: string, signs: readonly string[]): unknown {
  const outside = marked.split(/"(?:[^"\\]|\\.)*"/).join("");
  return outside.includes("\0") ? signs.slice(0, 1) : compilePattern(marked.replace(mark, "x"));
}

/** No pattern has it, so that it cannot be mistaken. */
const mark = /\0(\d+)\0/g;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only matchers, the elements of lists that are no alternatives of `$or`, can hold an unknown. */
function replace(value: unknown, signs: readonly string[], stand: Stand, key = ""): unknown {
  if (Array.isArray(value)) {
    if (key === "$or") return value.map((branch) => replace(branch, signs, stand));
    return value.flatMap((matcher) => (isUnknown(matcher, signs) ? stand(matcher) : [matcher]));
  }
  if (typeof value === "string" && isUnknown(value, signs)) return stand(undefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, content]) => [field, replace(content, signs, stand, field)]),
  );
}

function isUnknown(matcher: unknown, signs: readonly string[]): boolean {
  const text = JSON.stringify(matcher);
  return signs.some((sign) => text.includes(JSON.stringify(sign).slice(1, -1)));
}
