import type { RuleState, TargetInput } from "./setup.ts";

/** What to watch: everything that a temporary rule takes from its model. */
export interface Watch {
  /** How its events are marked where several rules are watched: `paid`, `paid/billing`. */
  readonly mark: string | undefined;
  readonly pattern: string;
  readonly input: TargetInput;
  readonly state: RuleState;
  /** Where what is shown may differ from what the consumer gets; a sentence each. */
  readonly notes: readonly string[];
}

/** A pattern that was given. */
export const planPatternWatch = (pattern: string): Watch => ({
  mark: undefined,
  pattern,
  input: {},
  state: "ENABLED",
  notes: [],
});

/** A pattern from `--source` and `--detail-type`. Without either it matches every event of the bus. */
export function planFieldsWatch(sources: readonly string[], detailTypes: readonly string[]): Watch {
  const fields = {
    ...(sources.length > 0 && { source: sources }),
    ...(detailTypes.length > 0 && { "detail-type": detailTypes }),
  };
  // An empty prefix matches every source and, unlike a wildcard, is no part of a quota.
  const pattern = Object.keys(fields).length > 0 ? fields : { source: [{ prefix: "" }] };
  return planPatternWatch(JSON.stringify(pattern));
}
