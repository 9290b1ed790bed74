import type { Site } from "../../ports.ts";
import type { Deliveries } from "../delivery/deliveries.ts";
import { openEvent } from "../event.ts";
import type { Rule } from "../store.ts";
import { parseSchedule } from "./schedule.ts";

/** The clock's part in scheduled rules. */
export interface Schedules {
  /** Begins anew with a rule as it now is: enabled or not, with a schedule or without. */
  plan(rule: Rule): void;
  /** Goes on with a rule that was kept: its rate counts on, and what fell due meanwhile is left out. */
  resume(rule: Rule): void;
  drop(rule: Rule): void;
  clear(): void;
}

/** Timers of a machine take no more than 2^31 ms; a day is a safe hop. */
const hopMs = 86_400_000;

const isDue = ({ schedule, state }: Rule): boolean => schedule !== undefined && state !== "DISABLED";

export function openSchedules(site: Site, deliveries: Deliveries): Schedules {
  const timers = new Map<string, () => void>();

  const drop = ({ arn }: Rule): void => {
    timers.get(arn)?.();
    timers.delete(arn);
  };

  const wait = (rule: Rule, until: number, start: number): void => {
    const left = until - site.clock.now();
    const task = left > hopMs ? () => wait(rule, until, start) : () => fire(rule, until, start);
    timers.set(rule.arn, site.clock.after(Math.min(left, hopMs), task));
  };

  const fire = (rule: Rule, at: number, start: number): void => {
    // First of all, so that nothing a delivery does can stop the schedule.
    goOn(rule, at, start);
    const event = openEvent(site, {
      source: "aws.events",
      detailType: "Scheduled Event",
      detail: "{}",
      resources: [rule.arn],
      time: at,
    });
    deliveries.invoke(rule, event);
  };

  const goOn = (rule: Rule, after: number, start: number): void => {
    const next = parseSchedule(rule.schedule!)?.next(after, start);
    if (next === undefined) timers.delete(rule.arn);
    else wait(rule, next, start);
  };

  return {
    plan(rule) {
      drop(rule);
      if (!isDue(rule)) return;
      rule.scheduledAt = site.clock.now();
      goOn(rule, rule.scheduledAt, rule.scheduledAt);
    },
    resume(rule) {
      const now = site.clock.now();
      if (isDue(rule)) goOn(rule, now, rule.scheduledAt ?? now);
    },
    drop,
    clear() {
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}
