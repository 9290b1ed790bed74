export { EventError, PatternError } from "./error.ts";
export { limits } from "./limits.ts";
export { compilePattern, type Pattern, type ReadOptions } from "./pattern.ts";
