import { findNever } from "../../pattern/index.ts";
import { eachRule } from "../each.ts";
import type { Check } from "../finding.ts";

export const patternSuspect: Check = {
  id: "pattern-suspect",
  severity: "warning",
  about: "the pattern says something that is surely not meant",
  *find(subject) {
    for (const { bus, rule } of eachRule(subject)) {
      const read = subject.patternOf(rule);
      if (read.kind !== "read") continue;
      // What can never match is told of as that.
      const never = findNever(read.pattern.branches).map(({ message }) => message);
      for (const { message } of read.isSure ? read.pattern.warnings : [])
        if (!never.includes(message))
          yield {
            ...{ bus, rule },
            sentence: `the pattern of rule ${rule.name} is taken, but surely not meant so: ${message}`,
            remedy: "say what is meant, or leave it out",
          };
    }
  },
};
