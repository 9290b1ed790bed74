import { judge, type Rules, type Verdict } from "../../../core/redrive/verdict.ts";
import type { FactFinder } from "../facts.ts";
import type { Scanned } from "../selection.ts";

/** Judges messages, looking up on the way what a verdict asks for. */
export function openJudge(
  rules: Rules & { readonly facts: FactFinder },
  now: () => number,
): (scanned: Scanned) => Promise<Verdict> {
  return async ({ letter, message }) => {
    for (;;) {
      const verdict = judge(letter, message, rules, now());
      if ("do" in verdict) return verdict;
      await rules.facts.find(verdict);
    }
  };
}
