import type { DeadLetter } from "./letter.ts";
import { isNamed } from "./names.ts";

/** Kinds combine; several values of one kind are alternatives; a kind that is absent or empty lets all pass. */
export interface Filters {
  readonly errorCodes?: readonly string[] | undefined;
  /** Names or ARNs. */
  readonly rules?: readonly string[] | undefined;
  /** Names or ARNs. */
  readonly targets?: readonly string[] | undefined;
  readonly sources?: readonly string[] | undefined;
  readonly detailTypes?: readonly string[] | undefined;
  readonly messageIds?: readonly string[] | undefined;
  /** Milliseconds since the epoch, by the time at which the message came into the queue; inclusive. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Over the text of the original event. */
  readonly pattern?: ((payload: string) => boolean) | undefined;
}

/** One predicate of all filters. A message that has not what a filter asks about does not pass it. */
export function compileFilters(filters: Filters): (letter: DeadLetter) => boolean {
  const checks: ((letter: DeadLetter) => boolean)[] = [];
  const among = (wanted: readonly string[] | undefined, of: (letter: DeadLetter) => string | undefined) => {
    if (!wanted?.length) return;
    const set = new Set(wanted);
    checks.push((letter) => set.has(of(letter) ?? ""));
  };
  const named = (wanted: readonly string[] | undefined, of: (letter: DeadLetter) => string | undefined) => {
    if (wanted?.length) checks.push((letter) => wanted.some((name) => isNamed(of(letter), name)));
  };
  among(filters.messageIds, (letter) => letter.messageId);
  among(filters.errorCodes, (letter) => letter.errorCode);
  named(filters.rules, (letter) => letter.ruleArn);
  named(filters.targets, (letter) => letter.targetArn);
  among(filters.sources, (letter) => letter.event?.source);
  among(filters.detailTypes, (letter) => letter.event?.detailType);
  const { since, until, pattern } = filters;
  if (since !== undefined) checks.push(({ sentAt }) => sentAt !== undefined && sentAt >= since);
  if (until !== undefined) checks.push(({ sentAt }) => sentAt !== undefined && sentAt <= until);
  // Last, because it costs most.
  if (pattern !== undefined) checks.push(({ payload }) => payload !== undefined && pattern(payload));
  return (letter) => checks.every((passes) => passes(letter));
}

/** Something is filtered out at all. */
export const hasFilters = (filters: Filters): boolean =>
  Object.values(filters).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined));
