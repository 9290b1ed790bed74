import { eachRule } from "../each.ts";
import type { Check } from "../finding.ts";

export const patternTooComplex: Check = {
  id: "pattern-too-complex",
  severity: "error",
  about: "AWS refuses the pattern as too complex: wildcards, $or combinations, or fields",
  *find(subject) {
    for (const { bus, rule } of eachRule(subject)) {
      const read = subject.patternOf(rule);
      if (read.kind === "refused" && isTooMuch(read.error))
        yield {
          ...{ bus, rule },
          sentence: `AWS would refuse the pattern of rule ${rule.name}: ${read.error.message}`,
          remedy: "divide it among several rules, or use prefix and suffix in place of wildcards",
        };
    }
  },
};

/** A pattern that would be taken if it asked for less. */
export const isTooMuch = ({ message }: Error): boolean =>
  /^(Rule is too complex|Or operator is producing|Size of rule exceeds)/.test(message);
