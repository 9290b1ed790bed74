export { EventError, PatternError } from "./error.ts";
export { explain, matchingBranches } from "./explain/explain.ts";
export type { Reason } from "./explain/reason.ts";
export { renderExplanation } from "./explain/render.ts";
export { limits } from "./limits.ts";
export { compilePattern, type Pattern, type ReadOptions } from "./pattern.ts";
export { type NearRule, RuleSet } from "./rule-set.ts";
export type { Warning } from "./warn/warning.ts";
