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

/** Tries a target until it takes the event, or its retry policy is exhausted. */
export class Tries {
  readonly #context: DeliveryContext;
  readonly #deliveries: Deliveries;
  readonly #records: Records;
  /** What cancels each try that is due. */
  readonly #due = new Set<() => void>();
  #era = 0;

  constructor(context: DeliveryContext, deliveries: Deliveries, records: Records) {
    this.#context = context;
    this.#deliveries = deliveries;
    this.#records = records;
  }

  /** The first try is at once. */
  start(job: Job): void {
    this.#attempt(job, 1);
  }

  /** Forgets what is due and what is under way. */
  clear(): void {
    this.#era++;
    for (const cancel of this.#due) cancel();
    this.#due.clear();
  }

  #attempt(job: Job, number: number): void {
    const born = this.#era;
    const outcome = this.#send(job, number);
    if (outcome instanceof Promise)
      void outcome
        .catch((error: unknown) => this.#bug(error))
        // An answer that comes after a reset belongs to nobody.
        .then((late) => born === this.#era && this.#settle(job, number, late));
    else this.#settle(job, number, outcome);
  }

  #send(job: Job, number: number): Outcome | Promise<Outcome> {
    try {
      return send(this.#context, this.#deliveries, job, number);
    } catch (error) {
      return this.#bug(error);
    }
  }

  /** A fault of ours ends neither the emulator nor the event. */
  #bug(error: unknown): Outcome {
    this.#context.site.log(`bug: ${error instanceof Error ? error.stack : error}`);
    return failure("INTERNAL_ERROR", String(error), true);
  }

  #settle(job: Job, number: number, outcome: Outcome): void {
    if (outcome.ok) {
      this.#note(job, number, "delivered");
      return;
    }
    const { clock, random } = this.#context.site;
    const { attempts, endsAt } = policyOf(job);
    const left = endsAt - clock.now();
    const exhausted =
      number > attempts ? "MaximumRetryAttempts" : left <= 0 ? "MaximumEventAgeInSeconds" : undefined;
    if (!outcome.retryable || exhausted !== undefined) {
      this.#giveUp(job, number, outcome, outcome.retryable ? exhausted : undefined);
      return;
    }
    this.#note(job, number, "retrying", outcome);
    const wait = Math.max(fullJitter(backoff, number, random), outcome.afterMs ?? 0);
    if (wait < left) this.#later(wait, () => this.#attempt(job, number + 1));
    else this.#later(left, () => this.#giveUp(job, number, outcome, "MaximumEventAgeInSeconds"));
  }

  #giveUp(job: Job, number: number, reason: Failure, exhausted?: Exhausted): void {
    const kept = sendDeadLetter(this.#context, job, { ...reason, attempts: number, exhausted });
    this.#note(job, number, kept ? "dead-lettered" : "dropped", reason);
  }

  #note(job: Job, attempts: number, status: DeliveryRecord["status"], why?: Failure): void {
    this.#records.add(
      {
        eventId: job.event.id,
        ruleArn: job.rule.arn,
        targetId: job.target.Id!,
        targetArn: job.target.Arn!,
        at: this.#context.site.clock.now(),
        attempts,
        status,
        body: job.body,
        ...(why === undefined ? {} : { errorCode: why.code, reason: why.message }),
      },
      job.event.text,
    );
  }

  #later(ms: number, task: () => void): void {
    const cancel = this.#context.site.clock.after(ms, () => {
      this.#due.delete(cancel);
      task();
    });
    this.#due.add(cancel);
  }
}

function policyOf({ target, event }: Job): { readonly attempts: number; readonly endsAt: number } {
  const policy = target.RetryPolicy;
  const age = policy?.MaximumEventAgeInSeconds ?? retryLimits.ageSeconds.unlessSet;
  return {
    attempts: policy?.MaximumRetryAttempts ?? retryLimits.attempts.unlessSet,
    endsAt: event.receivedAt + age * 1000,
  };
}
