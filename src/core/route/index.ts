/**
 * Buses as values, and where events go from them. Readers of files are in `source/index.ts`, apart: they bring a YAML
 * parser with them.
 */
export { type ApplyPlan, type ApplyStep, type LeftOut, planApply } from "./apply-plan.ts";
export type {
  Archive,
  Bus,
  BusModel,
  Place,
  QueueModel,
  Rule,
  RuleState,
  Target,
  Unknown,
} from "./bus.ts";
export {
  type BrokenRule,
  type BusAnswer,
  type Delivery,
  Router,
  type RuleAnswer,
  type Verdict,
} from "./route.ts";
