import type { SQSClient } from "@aws-sdk/client-sqs";
import type { ReceivedMessage } from "../../aws/queues.ts";
import type { Delivered } from "../../core/tail/body.ts";
import { jsonLine } from "../../core/tail/line.ts";
import type { Appender } from "../../shell/append.ts";
import type { World } from "../../shell/world.ts";
import { type DeliverPlan, deliver } from "./deliver.ts";
import type { AttemptReport, TailHappening, Tally } from "./happening.ts";
import { Intake } from "./intake.ts";
import { Mailbox } from "./mailbox.ts";
import { receiveAll } from "./receive.ts";
import { Slots } from "./slots.ts";
import { Sweeper } from "./sweeper.ts";

export interface FollowPlan {
  readonly world: World;
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Failures of polling in a row that are borne. */
  readonly patience: number;
  /** Until then the queue may be too new to be known everywhere; milliseconds since the epoch. */
  readonly newUntil: number;
  readonly max: number | undefined;
  readonly passes: (delivered: Delivered) => boolean;
  /** `undefined` where events are only shown. */
  readonly handling:
    | (Pick<DeliverPlan, "handler" | "maxAttempts" | "timeoutMs"> & { concurrency: number })
    | undefined;
  readonly save: Appender | undefined;
  readonly failed: Appender | undefined;
}

/** Why a tail stopped following. */
export type StopReason = "max" | "timeout" | "signal" | "error" | "left";

/** Something to show, and what is done once it has been shown. */
interface Item {
  readonly happening: TailHappening;
  readonly shown?: () => Promise<void>;
}

/**
 * Follows a queue: receives, hands over, tells, and deletes what has been shown or handed over. Nothing is received
 * faster than it is told.
 */
export class Follower {
  readonly #plan: FollowPlan;
  readonly #intake: Intake;
  readonly #sweeper: Sweeper;
  readonly #mailbox = new Mailbox<Item>();
  readonly #slots: Slots;
  readonly #stopping = new AbortController();
  readonly #killing = new AbortController();
  readonly #done: Promise<void>;
  #failure: { readonly error: unknown } | undefined;
  #events = 0;
  #failed = 0;

  constructor(plan: FollowPlan) {
    this.#plan = plan;
    this.#intake = new Intake(plan.passes, plan.max);
    this.#sweeper = new Sweeper(plan.sqs, plan.queueUrl, plan.world.clock);
    this.#slots = new Slots(plan.handling?.concurrency ?? 1);
    this.#done = this.#work();
  }

  get tally(): Tally {
    return { events: this.#events, filtered: this.#intake.filtered, failed: this.#failed };
  }

  /** `undefined` while it follows. */
  get stopped(): StopReason | undefined {
    return this.#stopping.signal.reason as StopReason | undefined;
  }

  /** Takes nothing more in. What is in hand is finished, but not tried again; with a signal's name it is told to end. */
  stop(reason: StopReason, signal?: string): void {
    if (!this.#stopping.signal.aborted) this.#stopping.abort(reason);
    if (signal !== undefined) this.#killing.abort(signal);
  }

  /** Nobody reads any longer: commands that run are told to end. Resolves when all has come to rest. */
  async leave(signal = "SIGTERM"): Promise<void> {
    this.stop("left", signal);
    this.#mailbox.close();
    await this.#done;
    await this.#sweeper.end();
  }

  /** What happens, until it has stopped. Throws what made it stop. */
  async *happenings(): AsyncGenerator<TailHappening> {
    for (let item = await this.#mailbox.take(); item !== undefined; item = await this.#mailbox.take()) {
      yield item.happening;
      await item.shown?.();
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #work(): Promise<void> {
    const { sqs, queueUrl, patience, newUntil, world } = this.#plan;
    try {
      await receiveAll({
        sqs,
        url: queueUrl,
        clock: world.clock,
        random: world.random,
        stopping: this.#stopping.signal,
        patience,
        newUntil,
        onMessages: (messages) => this.#takeIn(messages),
        onTrouble: (error, waitMs) => this.#mailbox.put({ happening: { kind: "trouble", error, waitMs } }),
        onRecovery: () => this.#mailbox.put({ happening: { kind: "recovered" } }),
        onEnd: () => this.stop("error"),
      });
    } catch (error) {
      this.#failure = { error };
    }
    await this.#slots.drained();
    this.#mailbox.close();
  }

  async #takeIn(messages: readonly ReceivedMessage[]): Promise<void> {
    const at = this.#plan.world.clock.now();
    for (const message of bySentTime(messages)) {
      if (this.stopped !== undefined) return;
      const admission = this.#intake.admit(message);
      if (admission === "drop") this.#sweeper.add(message.receiptHandle);
      if (typeof admission === "string") continue;
      if (this.#plan.handling === undefined) await this.#show(admission.delivered, true, at);
      else await this.#slots.run(() => this.#handOver(admission.delivered, at));
    }
  }

  async #handOver(delivered: Delivered, at: number): Promise<void> {
    // It had to wait for its turn, and stays in the queue.
    if (this.stopped !== undefined) return;
    const { handling, world } = this.#plan;
    const plan = {
      ...handling!,
      clock: world.clock,
      random: world.random,
      ending: this.#stopping.signal,
      killing: this.#killing.signal,
    };
    let last: AttemptReport | undefined;
    for await (const report of deliver(plan, delivered.body)) {
      last = report;
      await this.#mailbox.put({ happening: { kind: "attempt", delivered, report } });
    }
    await this.#show(delivered, last!.ok, at);
  }

  /** Shown, kept on file, and only then deleted from the queue. */
  #show(delivered: Delivered, ok: boolean, at: number): Promise<void> {
    const shown = async () => {
      await (ok ? this.#plan.save : this.#plan.failed)?.write(jsonLine(delivered.body, delivered.value));
      for (const handle of this.#intake.finish(delivered)) this.#sweeper.add(handle);
      this.#events++;
      if (!ok) this.#failed++;
      if (this.#events === this.#plan.max) this.stop("max");
    };
    return this.#mailbox.put({ happening: { kind: "event", delivered, ok, at }, shown });
  }
}

/** Within one answer SQS keeps no order. */
const bySentTime = (messages: readonly ReceivedMessage[]): ReceivedMessage[] =>
  [...messages].sort((a, b) => Number(a.system.SentTimestamp ?? 0) - Number(b.system.SentTimestamp ?? 0));
