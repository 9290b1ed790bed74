/// <reference lib="esnext.disposable" preserve="true" />
/** The library: event patterns, routes and input transformers as EventBridge reads them, matchers, and the emulator. */
export type { Clock, Random } from "./core/clock.ts";
export {
  compilePattern,
  EventError,
  explain,
  type NearRule,
  type Pattern,
  PatternError,
  type ReadOptions,
  type Reason,
  RuleSet,
  type Warning,
} from "./core/pattern/index.ts";
export type { InputFacts, TargetInput, Transformed } from "./core/transform/index.ts";
export { BusError, type ReadBusOptions, readBus } from "./library/event-bus.ts";
export {
  type AnyExpect,
  type EventAssertions,
  type EventExpect,
  type NegatedEventAssertions,
  type RouteAssertions,
  withEventMatchers,
} from "./library/expect.ts";
export {
  type ClientConfig,
  type Local,
  type LocalOptions,
  startLocal,
  windableClock,
} from "./library/local.ts";
export { eventMatchers, type MatcherResult } from "./library/matchers.ts";
export { type EventBus, type Routed, type RoutedRule, type RoutedTarget, route } from "./library/route.ts";
export type { Envelope, Sighting } from "./library/sighting.ts";
export { NotSeenError, type SightingFilter, type Spy, type WaitOptions } from "./library/spy.ts";
export { transform } from "./library/transform.ts";
export type { WindableClock } from "./local/clock.ts";
export type { DeliveryRecord } from "./local/eventbridge/delivery/record.ts";
export type { EventBridgeOptions, Handler, Invocation } from "./local/eventbridge/options.ts";
export type { Fault, FaultKind, Faults } from "./local/faults.ts";
