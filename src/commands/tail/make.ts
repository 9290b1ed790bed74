import { createQueue } from "../../aws/queues.ts";
import { putRule, putTargets } from "../../aws/rules.ts";
import { tagQueue, tagRule } from "../../aws/tags.ts";
import type { Clock } from "../../core/clock.ts";
import { EvbError } from "../../core/errors.ts";
import { busLimits } from "../../core/limits.ts";
import type { TailSetup } from "../../core/tail/setup.ts";
import { lease, renderExpiry } from "../../core/tail/tags.ts";
import type { Signals } from "../../shell/world.ts";
import type { FoundBus } from "../bus.ts";
import { type Clients, type Remnant, removeParts, type TemporaryParts } from "../temporary.ts";
import { unlessAborted } from "./patience.ts";

/** Tries of a step that another change of the same rule disturbed, and of each removal. */
const tries = 3;
const pauseMs = 250;
/** A container that is told to stop is killed after ten seconds. */
const removalMs = 8000;

/** The queue, rule and target of one tail, from the first call to the last. */
export class TemporaryTail {
  readonly #clients: Clients;
  readonly #setup: TailSetup;
  readonly #bus: FoundBus;
  readonly #clock: Clock;
  #queueUrl: TemporaryParts["queueUrl"];
  #hasRule = false;

  constructor(clients: Clients, setup: TailSetup, bus: FoundBus, clock: Clock) {
    this.#clients = clients;
    this.#setup = setup;
    this.#bus = bus;
    this.#clock = clock;
  }

  /** `undefined` until it is known. */
  get queueUrl(): string | undefined {
    return this.#queueUrl === "unknown" ? undefined : this.#queueUrl;
  }

  /** The queue's URL, or `undefined` when a signal ended the set-up. What has been made so far is then still there. */
  async create({ stop, stopNow }: Signals): Promise<string | undefined> {
    const { queue, rule, target } = this.#setup;
    const { events, sqs } = this.#clients;
    if (stop.aborted) return undefined;
    // Noted before the call: one whose answer never comes may have been carried out.
    this.#queueUrl = "unknown";
    const url = await unlessAborted(createQueue(sqs, queue.name, queue.attributes, queue.tags), stopNow);
    if (url === undefined) return undefined;
    this.#queueUrl = url;
    demandAccount(url, this.#bus);
    if (stop.aborted) return undefined;
    this.#hasRule = true;
    const made = putRule(events, rule).catch((error) => {
      throw quotaFault(error, this.#bus, rule.EventPattern) ?? error;
    });
    if ((await unlessAborted(made, stopNow)) === undefined || stop.aborted) return undefined;
    await unlessAborted(this.#putTarget(target, stopNow), stopNow);
    return stop.aborted ? undefined : url;
  }

  /** Says that this tail is still at work. */
  async renew(): Promise<void> {
    await this.#tag(renderExpiry(this.#clock.now() + lease.ms));
  }

  /** Says that what is here stays. */
  async keep(stopNow: AbortSignal): Promise<void> {
    await unlessAborted(this.#tag(renderExpiry(undefined)), stopNow);
  }

  /** What is still there afterwards, or `undefined` when the signal came, or the time ran out, before that was known. */
  async remove(stopNow: AbortSignal): Promise<readonly Remnant[] | undefined> {
    if (this.#queueUrl === undefined) return [];
    const enough = new AbortController();
    const cancel = this.#clock.after(removalMs, () => enough.abort());
    const limit = AbortSignal.any([stopNow, enough.signal]);
    try {
      return await unlessAborted(this.#remove(limit), limit);
    } finally {
      cancel();
    }
  }

  async #remove(limit: AbortSignal): Promise<readonly Remnant[]> {
    for (let attempt = 1; ; attempt++) {
      const remnants = limit.aborted ? [] : await removeParts(this.#clients, this.#parts());
      if (remnants.length === 0 || attempt >= tries) return remnants;
      await this.#clock.sleep(pauseMs, limit);
    }
  }

  #parts(): TemporaryParts {
    const { name } = this.#setup.queue;
    return { name, bus: this.#hasRule ? this.#bus.name : undefined, queueUrl: this.#queueUrl };
  }

  async #putTarget(target: TailSetup["target"], stopNow: AbortSignal): Promise<void> {
    const { Name, EventBusName } = this.#setup.rule;
    for (let attempt = 1; ; attempt++) {
      const [result] = await putTargets(this.#clients.events, EventBusName, Name, [target]);
      if (result?.ok) return;
      if (result === undefined || result.senderFault || attempt >= tries)
        throw new EvbError("AWS_REFUSED", `PutTargets: ${result?.code}: ${result?.message}`);
      await this.#clock.sleep(pauseMs, stopNow);
    }
  }

  async #tag(tags: Record<string, string>): Promise<void> {
    const { events, sqs } = this.#clients;
    await Promise.all([tagQueue(sqs, this.#queueUrl!, tags), tagRule(events, this.#setup.ruleArn, tags)]);
  }
}

/** The queue is made in the account of the credentials; rule, bus and queue have to share one. */
function demandAccount(queueUrl: string, { name, home }: FoundBus): void {
  const account = /\/(\d{12})\/[^/]+$/.exec(queueUrl)?.[1];
  if (account === undefined || account === home.account) return;
  throw new EvbError(
    "NOT_SUPPORTED",
    `event bus ${name} belongs to account ${home.account}, the credentials to ${account}`,
    [`use credentials of account ${home.account}: --profile or AWS_PROFILE`],
  );
}

function quotaFault(error: unknown, { name }: FoundBus, pattern: string): EvbError | undefined {
  if (!(error instanceof Error) || error.name !== "LimitExceededException") return undefined;
  const wildcard = pattern.includes('"wildcard"')
    ? [
        `a bus takes ${busLimits.wildcardRulesPerBus} rules with wildcards: a pattern without one may still find room`,
      ]
    : [];
  return new EvbError(
    "AWS_REFUSED",
    `event bus ${name} takes no further rule: ${error.message}`,
    [
      "evb gc removes what crashed tails left behind",
      ...wildcard,
      `the quota "rules per event bus" (${busLimits.rulesPerBus} unless raised) can be raised in Service Quotas`,
    ],
    error,
  );
}
