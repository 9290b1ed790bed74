import { EvbError } from "../../../core/errors.ts";
import { completeEvent } from "../../../core/event/complete.ts";
import { makeHex } from "../../../core/event/ids.ts";
import type { BusAnswer } from "../../../core/route/route.ts";
import { type LiveWatch, liveAnswer, namedRules, planLiveWatches } from "../../../core/suite/live.ts";
import type { TestCase } from "../../../core/suite/suite.ts";
import type { Stop } from "../../../shell/world.ts";
import type { Stage } from "../../stage.ts";
import type { TestOptions } from "../command.ts";
import type { Desk } from "../desk.ts";
import { openEvents } from "../events.ts";
import type { TestHappening } from "../happening.ts";
import { awaitCanaries, createLiveParts, planLiveParts, removeLiveParts } from "./parts.ts";
import { receiveLive } from "./receive.ts";
import { LiveSender } from "./send.ts";

/** A test that is to be run, with its bus as it is deployed. */
export interface LiveTest {
  readonly path: string;
  readonly test: TestCase;
  readonly desk: Desk;
}

/** What came of each event of a test, or why it could not be put. */
export type LiveAnswers = ReadonlyMap<TestCase, readonly LiveAnswer[]>;
export type LiveAnswer = BusAnswer | { readonly fault: string };

/** More rules than a bus takes beside those that it has, and more than anybody wants to wait for. */
const mostWatches = 100;
/** After the last event that is waited for, what should not come is given so long. */
const settleMs = { aws: 1000, local: 100 };

/**
 * Puts the events of all tests for real, and says what arrived. Temporary rules and queues stand beside the deployed ones,
 * which are not touched; whatever happens they are removed. The exit code where a signal ended it.
 */
export async function* runLive(
  tests: readonly LiveTest[],
  { wait }: TestOptions,
  stage: Stage,
): AsyncGenerator<TestHappening, LiveAnswers | number> {
  const { world } = stage;
  const connection = await stage.connect();
  const clients = { events: await connection.events(), sqs: await connection.sqs() };
  const run = makeHex(8, world.random);
  const plans = await Promise.all(tests.map((test) => planTest(test, world)));
  const watches = planAll(plans, run);
  const parts = planLiveParts(watches, clients, world);
  using signals = world.signals();
  const done = new AbortController();
  try {
    yield { kind: "live", rules: watches.length };
    if (!(await createLiveParts(parts, signals))) return (signals.stop.reason as Stop).exit;
    await awaitCanaries(parts, clients, world, signals.stop);
    if (signals.stop.aborted) return (signals.stop.reason as Stop).exit;
    const sender = new LiveSender(
      clients,
      world.clock,
      run,
      wait,
      connection.local ? settleMs.local : settleMs.aws,
    );
    const end = AbortSignal.any([signals.stop, done.signal]);
    let failed: unknown;
    const receiving = receiveLive(parts, clients.sqs, world.clock, end, (watch, body) =>
      sender.onBody(watch, body),
    ).catch((error) => {
      failed = error;
      done.abort();
    });
    const answers = new Map<TestCase, LiveAnswer[]>();
    for (const { test, desk, events } of plans) {
      const found: LiveAnswer[] = [];
      for (const { text, answer } of events) {
        const awaited = watches.filter((watch) => isFed(watch, answer));
        const outcome = await sender.send({ bus: desk.bus.name, text, awaited }, end);
        if (failed !== undefined) throw failed;
        if (signals.stop.aborted) return (signals.stop.reason as Stop).exit;
        const { fault, arrivals } = outcome;
        found.push(fault === undefined ? liveAnswer(desk.bus, desk.buses, arrivals) : { fault });
      }
      answers.set(test, found);
    }
    done.abort();
    await receiving;
    return answers;
  } finally {
    done.abort();
    const left = await removeLiveParts(parts, signals);
    for (const { name } of left) yield { kind: "left", name };
  }
}

interface Plan extends LiveTest {
  readonly events: readonly { readonly text: string; readonly answer: BusAnswer }[];
}

async function planTest(live: LiveTest, world: Stage["world"]): Promise<Plan> {
  const { path, test, desk } = live;
  const events = await openEvents(world, path, test);
  return {
    ...live,
    events: events.map(({ text }) => ({
      text,
      answer: desk.router.route(desk.bus, completeEvent(text, desk.arrival), desk.arrival.time),
    })),
  };
}

/** Rules that tests name, and those that take an event by their deployed pattern. */
function planAll(plans: readonly Plan[], run: string): LiveWatch[] {
  const watches = [...new Set(plans.map(({ desk }) => desk))].flatMap((desk) => {
    const own = plans.filter((plan) => plan.desk === desk);
    const named = new Set(own.flatMap(({ test }) => namedRules(test.expect)));
    const taken = own.flatMap(({ events }) => events.flatMap(({ answer }) => takersOf(answer)));
    return planLiveWatches(
      desk.buses,
      run,
      (bus, rule) =>
        taken.includes(rule.arn) || named.has(bus === desk.bus ? rule.name : `${bus.name}:${rule.name}`),
    );
  });
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

const takersOf = ({ rules }: BusAnswer): string[] =>
  rules.flatMap(({ rule, verdict, deliveries }) =>
    verdict === "match"
      ? [rule.arn, ...deliveries.flatMap(({ onward }) => (onward === undefined ? [] : takersOf(onward)))]
      : [],
  );

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
