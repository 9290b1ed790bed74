import type { Target } from "@aws-sdk/client-eventbridge";
import { fullJitter } from "../../../core/backoff.ts";
import { retryLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { BusEvent } from "../event.ts";
import type { Rule } from "../store.ts";
import { type Exhausted, sendDeadLetter } from "./dead-letter.ts";
import type { Deliveries, DeliveryContext } from "./deliveries.ts";
import { failure, type Outcome } from "./outcome.ts";
import type { DeliveryRecord } from "./record.ts";
import type { Records } from "./records.ts";
import { send } from "./send.ts";

/** One event on its way to one target. */
export interface Job {
  readonly rule: Rule;
  readonly target: Wire<Target>;
  readonly event: BusEvent;
  readonly body: string;
}

type Failure = Extract<Outcome, { ok: false }>;

/**
 * AWS publishes that it backs off exponentially with jitter, not from which start: with this cap, 185 tries take
 * about the 24 hours that an event may live.
 */
const backoff = { baseMs: 1000, capMs: 900_000 };

export interface Tries {
  start(job: Job): void;
  /** Forgets what is due. */
  clear(): void;
}

/** Tries a target until it takes the event, or its retry policy is exhausted. The first try is at once. */
export function openTries(context: DeliveryContext, deliveries: Deliveries, records: Records): Tries {
  const { clock, random } = context.site;
  const due = new Set<() => void>();
  let era = 0;

  const attempt = (job: Job, number: number): void => {
    const born = era;
    const outcome = send(context, deliveries, job, number);
    if (outcome instanceof Promise)
      void outcome
        .catch((error: unknown) => failure("INTERNAL_ERROR", String(error), true))
        // An answer that comes after a reset belongs to nobody.
        .then((late) => born === era && settle(job, number, late));
    else settle(job, number, outcome);
  };

  const settle = (job: Job, number: number, outcome: Outcome): void => {
    if (outcome.ok) {
      note(job, number, "delivered");
      return;
    }
    const { attempts, endsAt } = policyOf(job);
    const left = endsAt - clock.now();
    const exhausted =
      number > attempts ? "MaximumRetryAttempts" : left <= 0 ? "MaximumEventAgeInSeconds" : undefined;
    if (!outcome.retryable || exhausted !== undefined) {
      giveUp(job, number, outcome, outcome.retryable ? exhausted : undefined);
      return;
    }
    note(job, number, "retrying", outcome);
    const wait = Math.max(fullJitter(backoff, number, random), outcome.afterMs ?? 0);
    if (wait < left) later(wait, () => attempt(job, number + 1));
    else later(left, () => giveUp(job, number, outcome, "MaximumEventAgeInSeconds"));
  };

  const giveUp = (job: Job, number: number, reason: Failure, exhausted?: Exhausted): void => {
    const kept = sendDeadLetter(context, job, { ...reason, attempts: number, exhausted });
    note(job, number, kept ? "dead-lettered" : "dropped", reason);
  };

  const note = (job: Job, attempts: number, status: DeliveryRecord["status"], why?: Failure): void =>
    records.add({
      eventId: job.event.id,
      ruleArn: job.rule.arn,
      targetId: job.target.Id!,
      targetArn: job.target.Arn!,
      at: clock.now(),
      attempts,
      status,
      body: job.body,
      ...(why === undefined ? {} : { errorCode: why.code, reason: why.message }),
    });

  const later = (ms: number, task: () => void): void => {
    const cancel = clock.after(ms, () => {
      due.delete(cancel);
      task();
    });
    due.add(cancel);
  };

  return {
    start: (job) => attempt(job, 1),
    clear() {
      era++;
      for (const cancel of due) cancel();
      due.clear();
    },
  };
}

function policyOf({ target, event }: Job): { readonly attempts: number; readonly endsAt: number } {
  const policy = target.RetryPolicy;
  const age = policy?.MaximumEventAgeInSeconds ?? retryLimits.ageSeconds.unlessSet;
  return {
    attempts: policy?.MaximumRetryAttempts ?? retryLimits.attempts.unlessSet,
    endsAt: event.receivedAt + age * 1000,
  };
}
