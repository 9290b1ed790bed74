import { compilePattern, PatternError } from "../pattern/index.ts";
import type { Rule } from "../route/bus.ts";
import { supposePattern } from "../route/suppose.ts";
import type { RulePattern } from "./finding.ts";

/** Reads each rule's pattern once. What only the deploy decides is taken for anything. */
export function patternReader(): (rule: Rule) => RulePattern {
  const known = new Map<Rule, RulePattern>();
  return (rule) => {
    const read = known.get(rule) ?? readPattern(rule);
    known.set(rule, read);
    return read;
  };
}

function readPattern({ pattern, unknowns }: Rule): RulePattern {
  if (pattern === undefined) return { kind: "none" };
  const names = unknowns.filter(({ path }) => /^pattern(\.|$)/.test(path)).map(({ name }) => name);
  try {
    const read = names.length > 0 ? supposePattern(pattern, names).most : compilePattern(pattern);
    return { kind: "read", pattern: read, isSure: names.length === 0 };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { kind: "refused", error };
  }
}
