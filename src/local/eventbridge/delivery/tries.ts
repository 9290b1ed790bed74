import type { Target } from "@aws-sdk/client-eventbridge";
import { fullJitter } from "../../../core/backoff.ts";
import { retryLimits } from "../../../core/limits.ts";
import { renderBug } from "../../bug.ts";
import type { Wire } from "../../wire.ts";
import { type BusEvent, restoreEvent } from "../event.ts";
import type { SavedJob } from "../kept.ts";
import type { Rule } from "../store.ts";
import { type Exhausted, sendDeadLetter } from "./dead-letter.ts";
import type { Deliveries, DeliveryContext } from "./deliveries.ts";
import { Jobs } from "./jobs.ts";
import { failure, type Outcome } from "./outcome.ts";
import type { DeliveryRecord } from "./record.ts";
import type { Records } from "./records.ts";
import { send } from "./send.ts";

/** One event on its way to one target. */
export interface Job {
  readonly rule: Pick<Rule, "arn">;
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
  readonly #jobs: Jobs;
  #era = 0;

  constructor(context: DeliveryContext, deliveries: Deliveries, records: Records) {
    this.#context = context;
    this.#deliveries = deliveries;
    this.#records = records;
    this.#jobs = new Jobs(context.site.ledger);
  }

  /** The first try is at once. */
  start(job: Job): void {
    this.#attempt(job, 1);
  }

  jobs(): Iterable<readonly [id: string, job: SavedJob]> {
    return this.#jobs.snapshot();
  }

  /** A try that was under way is made again: whether it had come through, nobody knows. */
  resume(id: string, { ruleArn, target, event, body, ...state }: SavedJob): void {
    const job: Job = { rule: { arn: ruleArn }, target, event: restoreEvent(event), body };
    this.#jobs.takeBack(id, job, state);
    const wait = (state.dueAt ?? 0) - this.#context.site.clock.now();
    this.#later(Math.max(0, wait), () => {
      if (state.failed === undefined) this.#attempt(job, state.number);
      else this.#giveUp(job, state.number, state.failed, "MaximumEventAgeInSeconds");
    });
  }

  /** Forgets what is due and what is under way. */
  clear(): void {
    this.#era++;
    for (const cancel of this.#due) cancel();
    this.#due.clear();
    this.#jobs.clear();
  }

  #attempt(job: Job, number: number): void {
    const born = this.#era;
    const outcome = this.#send(job, number);
    if (outcome instanceof Promise) {
      this.#jobs.note(job, { number });
      void outcome
        .catch((error: unknown) => this.#bug(error))
        // An answer that comes after a reset belongs to nobody.
        .then((late) => born === this.#era && this.#settle(job, number, late));
    } else this.#settle(job, number, outcome);
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
    this.#context.site.log(renderBug(error));
    return failure("INTERNAL_ERROR", String(error), true);
  }

  #settle(job: Job, number: number, outcome: Outcome): void {
    if (outcome.ok) {
      this.#jobs.end(job);
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
    const dueAt = clock.now() + Math.min(wait, left);
    if (wait < left) {
      this.#jobs.note(job, { number: number + 1, dueAt });
      this.#later(wait, () => this.#attempt(job, number + 1));
    } else {
      this.#jobs.note(job, { number, dueAt, failed: outcome });
      this.#later(left, () => this.#giveUp(job, number, outcome, "MaximumEventAgeInSeconds"));
    }
  }

  #giveUp(job: Job, number: number, reason: Failure, exhausted?: Exhausted): void {
    this.#jobs.end(job);
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
