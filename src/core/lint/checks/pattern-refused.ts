import { eachRule } from "../each.ts";
import type { Check } from "../finding.ts";
import { isTooMuch } from "./pattern-too-complex.ts";

export const patternRefused: Check = {
  id: "pattern-refused",
  severity: "error",
  about: "the pattern is one that AWS refuses",
  *find(subject) {
    for (const { bus, rule } of eachRule(subject)) {
      const read = subject.patternOf(rule);
      if (read.kind !== "refused" || isTooMuch(read.error)) continue;
      const { message, line, column } = read.error;
      const at = line === undefined ? "" : ` (line ${line}, column ${column} of the pattern)`;
      yield {
        ...{ bus, rule },
        sentence: `AWS would refuse the pattern of rule ${rule.name}: ${message}${at}`,
        remedy: "mend the pattern; evb test-pattern tells whether it is taken",
      };
    }
  },
};
