/**
 * What a target receives of an event: nothing but text in, text out. `transformInput` gives the body, `explainInput`
 * the reason for which PutTargets would refuse the configuration.
 */
export { explainInput } from "./explain.ts";
export { transformInput, transformInputs } from "./input.ts";
export { normalJson } from "./normal.ts";
export { findValue, parsePath } from "./path.ts";
export type { InputFacts, TargetInput, Transformed } from "./types.ts";
