import type { Rule } from "../route/bus.ts";

/** What a replay does to a rule: events reach it, or why none does. */
export interface Firing {
  readonly rule: Rule;
  /** `undefined`: events of the archive may match it. */
  readonly never?: string;
}

/** The events that an archive may hold, as far as its own pattern tells. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * For each rule of a bus whether a replay can fire it. `only`: names of the rules that the replay is for. What an archive
 * holds cannot be read, so this goes by the patterns: `never` is sure, its absence is not. `isReplayed`: events carry
 * `replay-name`, as those that a replay delivers do, and those that are put again do not.
 */
export function planFirings(
  rules: readonly Rule[],
  archivePattern: string | undefined,
  only: readonly string[],
  isReplayed = true,
): Firing[] {
  const archived = archivePattern === undefined ? {} : (JSON.parse(archivePattern) as Fields);
  return rules.map((rule) => {
    const never = reasonOf(rule, archived, only, isReplayed);
    return { rule, ...(never !== undefined && { never }) };
  });
}

function reasonOf(
  { name, pattern, state }: Rule,
  archived: Fields,
  only: readonly string[],
  isReplayed: boolean,
): string | undefined {
  if (only.length > 0 && !only.includes(name)) return "not chosen by --rule";
  if (pattern === undefined) return "runs on a schedule";
  if (state === "DISABLED") return "is disabled";
  const fields = JSON.parse(pattern) as Fields;
  const replayName = fields["replay-name"];
  if (isReplayed && JSON.stringify(replayName) === '[{"exists":false}]') return "takes no replayed events";
  const mayBeAbsent = JSON.stringify(replayName)?.includes('{"exists":false}') ?? true;
  if (!isReplayed && !mayBeAbsent) return "takes replayed events only";
  const apart = ["source", "detail-type"].find((field) => areApart(fields[field], archived[field]));
  return apart === undefined ? undefined : `the archive keeps no events of its ${apart}`;
}

/** Two lists of plain texts that have none in common; of operators nothing is said. */
function areApart(a: unknown, b: unknown): boolean {
  if (!isTexts(a) || !isTexts(b)) return false;
  return !a.some((text) => b.includes(text));
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");
