/**
 * Buses as values, and where events go from them. Readers of files are in `source/index.ts`, apart: they bring a YAML
 * parser with them.
 */
export { type ApplyPlan, type ApplyStep, type LeftOut, planApply } from "./apply-plan.ts";
export type {
  Archive,
  Bus,
  BusModel,
  OtherResource,
  QueueModel,
  Rule,
  RuleState,
  Target,
} from "./bus.ts";
export { rehome } from "./rehome.ts";
