import { EvbError } from "../../../core/errors.ts";
import { compilePattern, type Pattern, PatternError, type Warning } from "../../../core/pattern/index.ts";
import { buildPattern } from "../../../core/pattern-draft/build.ts";
import type { Condition } from "../../../core/pattern-draft/condition.ts";
import { Fault } from "../../../core/pattern-draft/fault.ts";
import type { Sample } from "./samples.ts";

/** What has been chosen so far, and what it does to the samples. */
export interface Draft {
  readonly conditions: readonly Condition[];
  readonly pattern: Pattern;
  readonly warnings: readonly Warning[];
  readonly hits: readonly Sample[];
  readonly misses: readonly Sample[];
}

/** The pattern of some conditions, or why there is none: they contradict each other, or AWS would refuse it. */
export function draftOf(conditions: readonly Condition[], samples: readonly Sample[]): Draft | Fault {
  const built = buildPattern(conditions);
  if (built instanceof Fault) return built;
  try {
    const pattern = compilePattern(JSON.stringify(built));
    const matches = ({ bytes }: Sample) => pattern.matchesJson(bytes);
    return {
      ...{ conditions, pattern, warnings: pattern.warnings },
      hits: samples.filter(matches),
      misses: samples.filter((sample) => !matches(sample)),
    };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return new Fault(`AWS would refuse it: ${error.message}`);
  }
}

export function demandDraft(conditions: readonly Condition[], samples: readonly Sample[]): Draft {
  const draft = draftOf(conditions, samples);
  if (draft instanceof Fault) throw new EvbError("BAD_PATTERN", draft.sentence);
  return draft;
}
