import type { Pattern } from "../core/pattern/index.ts";
import { bodyOf, eventMatchers } from "./matchers.ts";
import type { EventBus } from "./route.ts";

/** What `withEventMatchers` adds to `expect(…)`. */
export interface EventAssertions extends NegatedEventAssertions {
  /** Of a bus: a rule takes the event. What follows says which, and what it feeds. */
  toRoute(event: string | object): RouteAssertions;
}

/** What it adds to `expect(…).not`. */
export interface NegatedEventAssertions {
  /** Of an event, as object or as text: the pattern matches it. */
  toMatchPattern(pattern: string | object | Pattern): void;
  /** No rule takes the event. */
  toRoute(event: string | object): unknown;
}

/** Goes on from `toRoute(event)`; each gives the same again. */
export interface RouteAssertions {
  /** The rules are among those that take the event. */
  to(...rules: readonly string[]): RouteAssertions;
  /** These take the event, and no others. */
  toExactly(...rules: readonly string[]): RouteAssertions;
  /**
   * The target is fed: `rule/target`, or the target's id alone. With a body, `toEqual` has to hold for what it is sent:
   * `expect.objectContaining(…)` works in it.
   */
  feeding(target: string, ...body: readonly [unknown?]): RouteAssertions;
  /** The opposite of `to` and `feeding`. */
  readonly not: {
    to(...rules: readonly string[]): RouteAssertions;
    feeding(target: string): RouteAssertions;
  };
}

/** `expect` of vitest or jest, as far as it is needed here; each has its own types of what goes in and comes back. */
// biome-ignore-start lint/suspicious/noExplicitAny: see above.
export type AnyExpect = ((actual: any, ...rest: any[]) => any) & { extend(matchers: any): unknown };
/** What `expect(…)` gives: vitest declares two forms, of which the first is its own. */
type Assertion<E extends AnyExpect> = E extends { (...args: any[]): infer A; (...args: any[]): unknown }
  ? A
  : ReturnType<E>;
// biome-ignore-end lint/suspicious/noExplicitAny: see above.

/** The same `expect`, which also knows events and buses. */
export type EventExpect<E extends AnyExpect> = ((
  ...args: Parameters<E>
) => Assertion<E> & EventAssertions & { readonly not: NegatedEventAssertions }) &
  E;

/**
 * `expect` with `expect(event).toMatchPattern(pattern)` and `expect(bus).toRoute(event).to("rule")`. A failure says why, as
 * `evb test-pattern --explain` does. Extends the `expect` it is given, of vitest or jest.
 */
export function withEventMatchers<E extends AnyExpect>(expect: E): EventExpect<E> {
  expect.extend(eventMatchers);
  return new Proxy(expect, {
    apply(target, self, args: Parameters<E>) {
      const assertion = Reflect.apply(target, self, args);
      const { toRoute } = assertion;
      // The runners' own matchers give nothing back, so there would be nothing to go on from.
      Object.defineProperty(assertion, "toRoute", {
        configurable: true,
        value(event: string | object): RouteAssertions {
          toRoute.call(assertion, event);
          return routeAssertions(target, args[0] as EventBus, event);
        },
      });
      return assertion;
    },
  }) as EventExpect<E>;
}

function routeAssertions(expect: AnyExpect, bus: EventBus, event: string | object): RouteAssertions {
  const chain: RouteAssertions = {
    to(...rules) {
      for (const rule of rules) expect(bus).toRouteTo(event, rule);
      return chain;
    },
    toExactly(...rules) {
      expect(bus).toRouteExactlyTo(event, rules);
      return chain;
    },
    feeding(target, ...body) {
      expect(bus).toFeed(event, target);
      if (body.length > 0) expect(bodyOf(bus, event, target)).toEqual(body[0]);
      return chain;
    },
    not: {
      to(...rules) {
        for (const rule of rules) expect(bus).not.toRouteTo(event, rule);
        return chain;
      },
      feeding(target) {
        expect(bus).not.toFeed(event, target);
        return chain;
      },
    },
  };
  return chain;
}
