import { completeEvent } from "../../core/event/complete.ts";
import type { Reason } from "../../core/pattern/index.ts";
import type { Rule } from "../../core/route/bus.ts";
import { findingsOf, isTarget } from "../../core/suite/findings.ts";
import { judge } from "../../core/suite/judge.ts";
import { unheardOf } from "../../core/suite/names.ts";
import type { Expectation, TestCase } from "../../core/suite/suite.ts";
import type { Desk } from "./desk.ts";
import type { SuiteEvent } from "./events.ts";
import type { ShownFailure } from "./happening.ts";
import type { LiveAnswer } from "./live/put-all.ts";
import type { Snapshots } from "./snapshots.ts";

export interface Tried {
  readonly events: number;
  readonly failures: readonly ShownFailure[];
}

/** Where a test stands. */
export interface TestPlace {
  readonly path: string;
  readonly line: number;
}

/** What is asked of a desk. */
export type TriedDesk = Omit<Desk, "tracker"> & { readonly tracker: Pick<Desk["tracker"], "add"> };

/** Puts the events of a test on its bus, and compares. With `update` bodies are kept instead of compared. */
export function tryTest(
  place: TestPlace,
  test: TestCase,
  events: readonly SuiteEvent[],
  desk: TriedDesk,
  snapshots: Snapshots,
  update: boolean,
  arrived?: readonly LiveAnswer[],
): Tried {
  const several = events.length > 1;
  const failures = events.flatMap((event, i) =>
    tryEvent(event, several, place, test, desk, snapshots, update, arrived?.[i]).map((failure) => ({
      ...failure,
      ...(several && { event: event.place }),
    })),
  );
  return { events: events.length, failures };
}

/** An event that shall go nowhere is not one that was forgotten. */
const isMeantForNone = ({ unrouted, rules, targets }: Expectation): boolean =>
  unrouted === true || [rules, targets].some((names) => Array.isArray(names) && names.length === 0);

function tryEvent(
  event: SuiteEvent,
  several: boolean,
  { path, line }: TestPlace,
  test: TestCase,
  desk: TriedDesk,
  snapshots: Snapshots,
  update: boolean,
  arrived?: LiveAnswer,
): ShownFailure[] {
  if (arrived !== undefined && "fault" in arrived)
    return [{ at: "event", message: `it cannot be put: ${arrived.fault}`, why: [] }];
  const text = completeEvent(event.text, desk.arrival);
  const answer = arrived ?? desk.router.route(desk.bus, text, desk.arrival.time);
  const from = { path, line, test: test.name, ...(several && { event: event.place }) };
  desk.tracker.add(answer, text, isMeantForNone(test.expect) ? undefined : from);
  const keyOf = (target: string) => (several ? `${target} of ${event.key}` : target);
  if (update)
    for (const [target, { snapshot }] of Object.entries(test.expect.bodies ?? {})) {
      const fed = findingsOf(answer).targets.find(({ name }) => isTarget(name, target));
      if (snapshot === true && fed?.delivery.body !== undefined)
        snapshots.keep(test.name, keyOf(target), fed.delivery.body);
    }
  const kept = (target: string) => snapshots.kept(test.name, keyOf(target));
  const failures = [...unheardOf(test.expect, desk.bus, desk.buses), ...judge(answer, test.expect, kept)];
  return failures.map(({ explain = [], ...failure }) => ({
    ...failure,
    why: explain.flatMap((name) => reasonsOf(desk, name, text)),
  }));
}

function reasonsOf(
  { buses, bus, router }: TriedDesk,
  name: string,
  event: string,
): { rule: string; reasons: readonly Reason[] }[] {
  const [busName, ruleName] = name.includes(":") ? splitAt(name, name.indexOf(":")) : [bus.name, name];
  const its = busName === bus.name ? bus : buses.find((other) => other.name === busName);
  const rule: Rule | undefined = its?.rules.find((other) => other.name === ruleName);
  if (rule === undefined || rule.pattern === undefined) return [];
  return [{ rule: name, reasons: router.explain(rule, event) }];
}

const splitAt = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at + 1)];
