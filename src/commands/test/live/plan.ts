import { EvbError } from "../../../core/errors.ts";
import { completeEvent } from "../../../core/event/complete.ts";
import type { BusAnswer } from "../../../core/route/route.ts";
import { type LiveWatch, namedRules, planLiveWatches } from "../../../core/suite/live.ts";
import type { Desk } from "../desk.ts";
import type { PlacedTest } from "../run-suite.ts";
import type { LiveEvent } from "./send.ts";

/** A test that is to be run, with its bus as it is deployed. */
export interface LiveTest extends PlacedTest {
  readonly desk: Desk;
}

/** A test, and what the deployed patterns say of each of its events. */
export interface LivePlan extends LiveTest {
  readonly expected: readonly BusAnswer[];
}

/** More rules than a bus takes beside those that it has, and more than anybody wants to wait for. */
const mostWatches = 100;

export const planLiveTest = (live: LiveTest): LivePlan => {
  const { desk, events } = live;
  const { router, bus, arrival } = desk;
  const expected = events.map(({ text }) => router.route(bus, completeEvent(text, arrival), arrival.time));
  return { ...live, expected };
};

/** Rules that tests name, and those that take an event by their deployed pattern: each once, for all tests of all suites. */
export function planAllWatches(plans: readonly LivePlan[], run: string): LiveWatch[] {
  const all = [...new Set(plans.map(({ desk }) => desk))].flatMap((desk) => {
    const own = plans.filter((plan) => plan.desk === desk);
    const named = new Set(own.flatMap(({ test }) => namedRules(test.expect)));
    const taken = new Set(own.flatMap(({ expected }) => expected.flatMap(takersOf)));
    return planLiveWatches(
      desk.buses,
      run,
      (bus, rule) =>
        taken.has(rule.arn) || named.has(bus === desk.bus ? rule.name : `${bus.name}:${rule.name}`),
    );
  });
  // A bus that one suite is about may be one that another's events go on to.
  const watches = [...new Map(all.map((watch) => [keyOf(watch), watch])).values()];
  if (watches.length === 0)
    throw new EvbError(
      "BAD_USAGE",
      "--live: no deployed rule takes an event of these tests, or is named by them",
    );
  if (watches.length > mostWatches)
    throw new EvbError("BAD_USAGE", `--live: the tests are about ${watches.length} rules with their inputs`, [
      `at most ${mostWatches} can be watched at once: choose tests with --filter or --tag`,
    ]);
  return watches;
}

const keyOf = ({ rule, input }: LiveWatch): string => JSON.stringify([rule.arn, input]);

const takersOf = ({ rules }: BusAnswer): string[] =>
  rules.flatMap(({ rule, verdict, deliveries }) =>
    verdict === "match"
      ? [rule.arn, ...deliveries.flatMap(({ onward }) => (onward === undefined ? [] : takersOf(onward)))]
      : [],
  );

/** An event with the watches that it should come to. */
export function planLiveEvent(
  { desk, events, expected }: LivePlan,
  index: number,
  watches: readonly LiveWatch[],
): LiveEvent {
  const awaited = watches.filter((watch) => isFed(watch, expected[index]!));
  // Nobody says that a trace header goes with an event from bus to bus, and what is not the whole event may lack the mark.
  const isHidden = awaited.some(
    ({ bus, input }) => bus.arn !== desk.bus.arn && Object.keys(input).length > 0,
  );
  return { bus: desk.bus.name, text: events[index]!.text, awaited, isHidden };
}

/** The event should come to this watch. */
const isFed = (watch: LiveWatch, { bus, rules }: BusAnswer): boolean =>
  rules.some(
    ({ rule, verdict, deliveries }) =>
      verdict === "match" &&
      ((watch.bus.arn === bus.arn &&
        rule.name === watch.rule.name &&
        (deliveries.length === 0 ||
          deliveries.some(
            ({ target, body }) => body !== undefined && watch.targets.some(({ Id }) => Id === target.Id),
          ))) ||
        deliveries.some(({ onward }) => onward !== undefined && isFed(watch, onward))),
  );
