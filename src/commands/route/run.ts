import { completeEvent } from "../../core/event/complete.ts";
import { Exit } from "../../core/exit.ts";
import type { Bus } from "../../core/route/bus.ts";
import { type BusAnswer, type Delivery, Router } from "../../core/route/route.ts";
import { arrivalAt } from "../arrival.ts";
import { brokenRuleText } from "../broken-rule.ts";
import { openChosenBus } from "../chosen-bus.ts";
import { readEvents } from "../event-input.ts";
import type { Stage } from "../stage.ts";
import type { RouteOptions } from "./command.ts";
import type { RouteHappening, RuleMiss } from "./happening.ts";

/** Reads the bus once and the events as a stream. */
export async function* runRoute(options: RouteOptions, stage: Stage): AsyncGenerator<RouteHappening, number> {
  const { model, bus, warnings } = await openChosenBus(stage, options);
  for (const text of warnings) yield { kind: "warning", text };
  const router = new Router(model);
  for (const broken of router.broken) yield { kind: "warning", text: brokenRuleText(broken) };
  const arrival = arrivalAt(bus.arn, stage.world.clock);
  const counts = { total: 0, unrouted: 0, undelivered: 0, broken: 0 };
  for await (const { index, ...input } of readEvents(stage.world, options.events)) {
    if (!input.ok) {
      counts.broken++;
      yield { kind: "broken", index, place: input.place, reason: input.reason };
      continue;
    }
    const text = completeEvent(input.text, arrival);
    const answer = router.route(bus, text, arrival.time);
    counts.total++;
    if (!answer.rules.some(({ verdict }) => verdict === "match")) counts.unrouted++;
    if (hasProblem(answer)) counts.undelivered++;
    const others = options.all ? missesOf(bus, answer, router, text) : [];
    yield { kind: "routed", index, event: namesOf(text), answer, others };
  }
  yield { kind: "summary", ...counts };
  if (counts.broken > 0 || router.broken.length > 0) return Exit.badInput;
  return counts.unrouted + counts.undelivered > 0 || counts.total === 0 ? Exit.negative : Exit.done;
}

function missesOf(bus: Bus, { rules }: BusAnswer, router: Router, event: string): RuleMiss[] {
  const taken = new Set(rules.map(({ rule }) => rule));
  return bus.rules
    .filter((rule) => rule.pattern !== undefined && !taken.has(rule))
    .filter((rule) => !router.broken.some((broken) => broken.rule === rule))
    .map((rule) => ({ rule, reasons: router.explain(rule, event) }));
}

function namesOf(text: string) {
  const { id, source, "detail-type": detailType } = JSON.parse(text) as Record<string, unknown>;
  return { id, source, detailType };
}

const hasProblem = ({ rules }: BusAnswer): boolean =>
  rules.some(({ deliveries }) => deliveries.some(failsSomewhere));

const failsSomewhere = ({ problem, onward }: Delivery): boolean =>
  problem !== undefined || (onward !== undefined && hasProblem(onward));
