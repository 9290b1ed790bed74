import { findNever } from "../../pattern/index.ts";
import { eachRule } from "../each.ts";
import type { Check } from "../finding.ts";

export const patternNeverMatches: Check = {
  id: "pattern-never-matches",
  severity: "error",
  about: "no event can match the pattern",
  *find(subject) {
    for (const { bus, rule } of eachRule(subject)) {
      const read = subject.patternOf(rule);
      const reasons = read.kind === "read" ? findNever(read.pattern.branches) : [];
      if (reasons.length > 0)
        yield {
          ...{ bus, rule },
          sentence: `no event can match rule ${rule.name}: ${reasons.map(({ message }) => message).join("; ")}`,
          remedy: "mend the pattern; evb route --all tells why an event does not match",
        };
    }
  },
};
