import { limits } from "../../pattern/index.ts";
import { eachRule } from "../each.ts";
import type { Check } from "../finding.ts";

const { patternLength, patternLengthOnRequest } = limits;
const written = (count: number): string => count.toLocaleString("en-US");

export const patternTooLong: Check = {
  id: "pattern-too-long",
  severity: "error",
  about: `the pattern is longer than ${written(patternLength)} characters, or than ${written(patternLengthOnRequest)} for any account`,
  *find(subject) {
    for (const { bus, rule } of eachRule(subject)) {
      const length = rule.pattern?.length ?? 0;
      if (length <= patternLength) continue;
      const isFinal = length > patternLengthOnRequest;
      yield {
        ...{ bus, rule },
        severity: isFinal ? "error" : "warning",
        sentence: isFinal
          ? `the pattern of rule ${rule.name} has ${written(length)} characters; EventBridge takes ${written(patternLengthOnRequest)} at most`
          : `the pattern of rule ${rule.name} has ${written(length)} characters; unless its quota was raised, an account takes ${written(patternLength)}`,
        remedy: isFinal
          ? "divide it among several rules"
          : "divide it among several rules, or have the quota for the length of patterns raised",
      };
    }
  },
};
