import { createBus } from "../../../aws/buses.ts";
import { createQueue } from "../../../aws/queues.ts";
import { putRule, putTargets, type Target } from "../../../aws/rules.ts";
import { tagQueue, tagRule } from "../../../aws/tags.ts";
import type { Clock } from "../../../core/clock.ts";
import { EvbError } from "../../../core/errors.ts";
import type { RelayRoute } from "../../../core/redrive/relay.ts";
import { planRelayQueue, planRelayRule } from "../../../core/redrive/relay-setup.ts";
import { lease, renderExpiry, renderTags } from "../../../core/tail/tags.ts";
import { type Clients, type Remnant, removeRelay } from "../../temporary.ts";

/** PutRule asks for "a short period of time" until a rule is in force. The emulator needs none. */
const settleMs = 5000;
const tries = 3;

export interface PartsOptions {
  readonly name: string;
  readonly owner: string;
  readonly clients: Clients;
  readonly clock: Clock;
  readonly local: boolean;
}

/** The temporary bus of a run, its queue, and its rules, each made when the first message needs it. */
export class RelayParts {
  readonly #options: PartsOptions;
  #home: Promise<Home> | undefined;
  readonly #rules = new Map<string, Promise<number>>();
  #endRenewal = () => {};

  constructor(options: PartsOptions) {
    this.#options = options;
  }

  /** Something has been made, or may have been. */
  get isBegun(): boolean {
    return this.#home !== undefined;
  }

  queueUrl = async (): Promise<string> => (await this.#open()).queueUrl;

  /** The number of the route's rule, once it is in force. What cannot be made is not tried again. */
  ruleOf(route: RelayRoute): Promise<number> {
    let rule = this.#rules.get(route.key);
    if (rule === undefined) {
      rule = this.#addRule(route, this.#rules.size + 1);
      this.#rules.set(route.key, rule);
    }
    return rule;
  }

  /** No longer says that the run is at work. */
  abandon(): void {
    this.#endRenewal();
  }

  /** What is still there afterwards. */
  async remove(): Promise<readonly Remnant[]> {
    this.#endRenewal();
    if (!this.isBegun) return [];
    const { clients, name, clock } = this.#options;
    await Promise.allSettled([this.#home, ...this.#rules.values()]);
    for (let attempt = 1; ; attempt++) {
      const remnants = await removeRelay(clients, name);
      if (remnants.length === 0 || attempt >= tries) return remnants;
      await clock.sleep(250 * attempt);
    }
  }

  #open(): Promise<Home> {
    this.#home ??= this.#make();
    return this.#home;
  }

  async #make(): Promise<Home> {
    const { clients, name, owner, clock } = this.#options;
    const created = clock.now();
    const tags = renderTags({ owner, created, expires: created + lease.ms }, "redrive");
    const busArn = await createBus(clients.events, name, tags);
    const { queueArn, attributes } = planRelayQueue(busArn, name);
    const queueUrl = await createQueue(clients.sqs, name, attributes, tags);
    this.#renew({ busArn, queueArn, queueUrl });
    return { busArn, queueArn, queueUrl };
  }

  async #addRule(route: RelayRoute, number: number): Promise<number> {
    const { clients, name, clock, local } = this.#options;
    const { queueArn } = await this.#open();
    const { rule, targets } = planRelayRule(name, number, route, queueArn, local ? 0 : 2);
    await putRule(clients.events, rule);
    for (let attempt = 1; ; attempt++) {
      const results = await putTargets(clients.events, name, rule.Name, targets as unknown as Target[]);
      const failed = results.find((result) => !result.ok);
      if (failed === undefined || failed.ok) break;
      if (failed.senderFault || attempt >= tries)
        throw new EvbError("AWS_REFUSED", `PutTargets: ${failed.code}: ${failed.message}`);
      await clock.sleep(250 * attempt);
    }
    if (!local) await clock.sleep(settleMs);
    return number;
  }

  /** Says every few minutes that the run is still at work. One that fails is made good by the next. */
  #renew({ busArn, queueUrl }: Home): void {
    const { clients, clock } = this.#options;
    const tag = async () => {
      const expiry = renderExpiry(clock.now() + lease.ms);
      await Promise.allSettled([
        tagQueue(clients.sqs, queueUrl, expiry),
        tagRule(clients.events, busArn, expiry),
      ]);
      next();
    };
    const next = () => {
      this.#endRenewal = clock.after(lease.renewEveryMs, () => void tag());
    };
    next();
  }
}

interface Home {
  readonly busArn: string;
  readonly queueArn: string;
  readonly queueUrl: string;
}
