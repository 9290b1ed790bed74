import { isExpired, renewCredentials } from "../aws/credentials.ts";
import { createQueue } from "../aws/queues.ts";
import { listTargets, putRule, putTargets } from "../aws/rules.ts";
import { tagQueue, tagRule } from "../aws/tags.ts";
import type { Clock } from "../core/clock.ts";
import { EvbError } from "../core/errors.ts";
import { type TailSetup, targetId } from "../core/tail/setup.ts";
import { lease, renderExpiry } from "../core/tail/tags.ts";
import type { Signals } from "../shell/world.ts";
import type { FoundBus } from "./bus.ts";
import { type Clients, type Remnant, removeParts, type TemporaryParts } from "./temporary.ts";
import { demandAccount, setupFault } from "./temporary-fault.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Tries of a step that another change of the same rule disturbed, and of each removal. */
const tries = 3;
const pauseMs = 250;
/** A container that is told to stop is killed after ten seconds. */
const removalMs = 8000;

/** Queue, rule and target of one set-up, or only rule and target, from the first call to the last. */
export class TemporaryTail {
  readonly setup: TailSetup;
  readonly #clients: Clients;
  readonly #bus: FoundBus;
  readonly #clock: Clock;
  #queueUrl: TemporaryParts["queueUrl"];
  #hasRule = false;

  constructor(clients: Clients, setup: TailSetup, bus: FoundBus, clock: Clock) {
    this.#clients = clients;
    this.setup = setup;
    this.#bus = bus;
    this.#clock = clock;
  }

  /** `undefined` until it is known. */
  get queueUrl(): string | undefined {
    return this.#queueUrl === "unknown" ? undefined : this.#queueUrl;
  }

  get hasQueue(): boolean {
    return this.setup.queue !== undefined;
  }

  /** Resolves to false when a signal ended the set-up. What has been made so far is then still there. */
  async create({ stop, stopNow }: Signals): Promise<boolean> {
    const { rule } = this.setup;
    if (!(await this.#createQueue({ stop, stopNow }))) return false;
    // Noted before the call: one whose answer never comes may have been carried out.
    this.#hasRule = true;
    const made = putRule(this.#clients.events, rule).catch((error) => {
      throw setupFault(error, this.#bus, this.setup) ?? error;
    });
    if ((await unlessAborted(made, stopNow)) === undefined || stop.aborted) return false;
    await unlessAborted(this.#putTarget(stopNow), stopNow);
    return !stop.aborted;
  }

  async #createQueue({ stop, stopNow }: Pick<Signals, "stop" | "stopNow">): Promise<boolean> {
    const { name, queue } = this.setup;
    if (stop.aborted) return false;
    if (queue === undefined) return true;
    this.#queueUrl = "unknown";
    const made = createQueue(this.#clients.sqs, name, queue.attributes, queue.tags).catch((error) => {
      throw setupFault(error, this.#bus, this.setup) ?? error;
    });
    const url = await unlessAborted(made, stopNow);
    if (url === undefined) return false;
    this.#queueUrl = url;
    demandAccount(url, this.#bus);
    return !stop.aborted;
  }

  /** What somebody else has removed of it: a sentence, or `undefined` when it is whole. */
  async findLoss(): Promise<string | undefined> {
    const { Name, EventBusName } = this.setup.rule;
    const targets = await listTargets(this.#clients.events, EventBusName, Name);
    if (targets === undefined) return `rule ${Name} of this tail was deleted by somebody else`;
    if (!targets.some(({ Id }) => Id === targetId))
      return `the target of rule ${Name} of this tail was removed by somebody else`;
    return undefined;
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
    if (this.#queueUrl === undefined && !this.#hasRule) return [];
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
      if (remnants.length === 0 && !limit.aborted) this.#forget();
      if (remnants.length === 0 || attempt >= tries) return remnants;
      if (remnants.some(({ error }) => isExpired(error)))
        await Promise.all([this.#clients.events, this.#clients.sqs].map(renewCredentials));
      await this.#clock.sleep(pauseMs, limit);
    }
  }

  /** Nothing is there any longer. */
  #forget(): void {
    this.#hasRule = false;
    this.#queueUrl = undefined;
  }

  #parts(): TemporaryParts {
    return {
      name: this.setup.name,
      bus: this.#hasRule ? this.#bus.name : undefined,
      queueUrl: this.#queueUrl,
    };
  }

  async #putTarget(stopNow: AbortSignal): Promise<void> {
    const { rule, target } = this.setup;
    for (let attempt = 1; ; attempt++) {
      const [result] = await putTargets(this.#clients.events, rule.EventBusName, rule.Name, [target]);
      if (result?.ok) return;
      if (result === undefined || result.senderFault || attempt >= tries)
        throw new EvbError("AWS_REFUSED", `PutTargets: ${result?.code}: ${result?.message}`);
      await this.#clock.sleep(pauseMs, stopNow);
    }
  }

  async #tag(tags: Record<string, string>): Promise<void> {
    const { events, sqs } = this.#clients;
    const url = this.queueUrl;
    await Promise.all([
      url === undefined ? undefined : tagQueue(sqs, url, tags),
      tagRule(events, this.setup.ruleArn, tags),
    ]);
  }
}
