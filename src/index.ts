/** The library: event patterns as EventBridge answers them, and the emulator. */
export type { Clock } from "./core/clock.ts";
export {
  compilePattern,
  EventError,
  explain,
  type Pattern,
  PatternError,
  type Reason,
  RuleSet,
} from "./core/pattern/index.ts";
export { type Local, startLocal } from "./local/start.ts";
