import type { SQSClient } from "@aws-sdk/client-sqs";
import type { ReceivedMessage } from "../../aws/queues.ts";
import type { Delivered } from "../../core/tail/body.ts";
import { jsonLine, markedLine } from "../../core/tail/line.ts";
import type { JournalFile } from "../../shell/journal.ts";
import type { World } from "../../shell/world.ts";
import { type DeliverPlan, deliver } from "./deliver.ts";
import type { AttemptReport, TailHappening, Tally } from "./happening.ts";
import { holdMessage } from "./holding.ts";
import { Intake, type IntakePlan } from "./intake.ts";
import { Keeper } from "./keeper.ts";
import { Mailbox } from "./mailbox.ts";
import { notBegun } from "./not-begun.ts";
import { bySentTime, receiveAll } from "./receive.ts";
import { Slots } from "./slots.ts";
import { Sweeper } from "./sweeper.ts";
import { Turns } from "./turns.ts";

export interface FollowPlan extends IntakePlan {
  readonly world: World;
  readonly sqs: SQSClient;
  /** Looks the credentials up anew. */
  readonly renew: () => Promise<void>;
  readonly queues: readonly FollowedQueue[];
  /** Failures of polling in a row that are borne. */
  readonly patience: number;
  /** Until then a queue may be too new to be known everywhere; milliseconds since the epoch. */
  readonly newUntil: number;
  /** `undefined` where events are only shown. */
  readonly handling:
    | (Pick<DeliverPlan, "handler" | "maxAttempts" | "timeoutMs"> & { concurrency: number })
    | undefined;
  readonly save: JournalFile | undefined;
  readonly failed: JournalFile | undefined;
  /** The queues stay, and with them what had to wait for its turn. */
  readonly mayStay: boolean;
}

export interface FollowedQueue {
  readonly url: string;
  /** What its events are marked with. */
  readonly mark: string | undefined;
}

/** Why a tail stopped following. */
export type StopReason = "max" | "timeout" | "signal" | "error" | "left";

/** Something to show, and what is done once it has been shown. */
interface Item {
  readonly happening: TailHappening;
  readonly shown?: () => Promise<void>;
  /** What is done instead, when the reader went away over it. */
  readonly left?: (() => Promise<void>) | undefined;
}

/** A queue with what deletes from it. */
interface Lane extends FollowedQueue {
  readonly sweeper: Sweeper;
}

/**
 * Follows queues: receives, hands over, tells, and deletes what has been shown or handed over. Nothing is received
 * faster than it is told.
 */
export class Follower {
  readonly #plan: FollowPlan;
  readonly #intake: Intake;
  readonly #lanes: readonly Lane[];
  readonly #save: Keeper | undefined;
  readonly #failedFile: Keeper | undefined;
  readonly #mailbox = new Mailbox<Item>();
  /** Answers of several polls would else be shown like packs of cards that are shuffled. */
  readonly #turns = new Turns();
  readonly #slots: Slots;
  readonly #stopping = new AbortController();
  readonly #killing = new AbortController();
  readonly #canary = new AbortController();
  readonly #done: Promise<void>;
  #failure: { readonly error: unknown } | undefined;
  #events = 0;
  #failed = 0;

  constructor(plan: FollowPlan) {
    const { sqs, world, queues, handling, save, failed } = plan;
    this.#plan = plan;
    this.#intake = new Intake(plan);
    this.#lanes = queues.map((queue) => ({ ...queue, sweeper: new Sweeper(sqs, queue.url, world.clock) }));
    const onFailure = (error: unknown) => this.fail(error);
    this.#save = save && new Keeper(save, onFailure);
    this.#failedFile = failed && new Keeper(failed, onFailure);
    this.#slots = new Slots(handling?.concurrency ?? 1);
    this.#done = this.#work();
  }

  get tally(): Tally {
    return { events: this.#events, filtered: this.#intake.filtered, failed: this.#failed };
  }

  /** `undefined` while it follows. */
  get stopped(): StopReason | undefined {
    return this.#stopping.signal.reason as StopReason | undefined;
  }

  /** Aborts when the canary has come back, or the following has stopped. */
  get canaryOrStop(): AbortSignal {
    return AbortSignal.any([this.#canary.signal, this.#stopping.signal]);
  }

  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Resolves when it has been told, or nobody listens any longer. */
  async tell(happening: TailHappening): Promise<void> {
    await this.#mailbox.put({ happening });
  }

  /** Takes nothing more in. What is in hand is finished, but not tried again; with a signal's name it is told to end. */
  stop(reason: StopReason, signal?: string): void {
    if (!this.#stopping.signal.aborted) this.#stopping.abort(reason);
    if (signal !== undefined) this.#killing.abort(signal);
  }

  /** Stops with an error, which the reader gets once what is in hand is done. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.stop("error");
  }

  /** Nobody reads any longer: commands that run are told to end. Resolves when all has come to rest. */
  async leave(signal = "SIGTERM"): Promise<void> {
    this.stop("left", signal);
    this.#mailbox.close();
    await this.#done;
    await this.#settle();
  }

  /** What happens, until it has stopped. Throws what made it stop. */
  async *happenings(): AsyncGenerator<TailHappening> {
    for (let item = await this.#mailbox.take(); item !== undefined; item = await this.#mailbox.take()) {
      let isShown = false;
      try {
        yield item.happening;
        isShown = true;
      } finally {
        await (isShown ? item.shown : item.left)?.();
      }
    }
    await this.#settle();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #settle(): Promise<void> {
    await this.#save?.drained();
    await this.#failedFile?.drained();
    await Promise.all(this.#lanes.map(({ sweeper }) => sweeper.end()));
  }

  async #work(): Promise<void> {
    const { sqs, renew, patience, newUntil, world } = this.#plan;
    try {
      await receiveAll({
        sqs,
        sources: this.#lanes.map((lane) => ({
          url: lane.url,
          onMessages: (messages) => this.#turns.take(() => this.#takeIn(lane, messages)),
        })),
        renew,
        clock: world.clock,
        random: world.random,
        stopping: this.#stopping.signal,
        patience,
        newUntil,
        onTrouble: (error, waitMs) => this.tell({ kind: "trouble", error, waitMs }),
        onRecovery: () => this.tell({ kind: "recovered" }),
        onEnd: () => this.stop("error"),
      });
    } catch (error) {
      this.fail(error);
    }
    await this.#slots.drained();
    this.#mailbox.close();
  }

  async #takeIn(lane: Lane, messages: readonly ReceivedMessage[]): Promise<void> {
    const at = this.#plan.world.clock.now();
    for (const message of bySentTime(messages)) {
      if (this.stopped !== undefined && !this.#givesUp) return;
      const admission = this.#intake.admit(message, lane.mark);
      if (admission === "canary") this.#canary.abort();
      if (admission === "drop" || admission === "canary") lane.sweeper.add(message.receiptHandle);
      if (typeof admission === "string") continue;
      if (this.#plan.handling === undefined) await this.#show(lane, admission.delivered, true, at);
      else await this.#slots.run(() => this.#handOver(lane, admission.delivered, at));
    }
  }

  /** What has been received for a handler and is not begun any more would be gone with its queue, and nobody told. */
  get #givesUp(): boolean {
    return this.#plan.handling !== undefined && !this.#plan.mayStay && this.stopped !== "max";
  }

  async #handOver(lane: Lane, delivered: Delivered, at: number): Promise<void> {
    if (this.stopped !== undefined) {
      if (!this.#givesUp) return;
      await this.tell({ kind: "attempt", delivered, report: notBegun });
      return this.#show(lane, delivered, false, at);
    }
    const { handling, world, sqs } = this.#plan;
    const plan = {
      ...handling!,
      clock: world.clock,
      random: world.random,
      ending: this.#stopping.signal,
      killing: this.#killing.signal,
    };
    const release = holdMessage(sqs, lane.url, world.clock, () => this.#intake.handleOf(delivered));
    let last: AttemptReport | undefined;
    for await (const report of deliver(plan, delivered)) {
      last = report;
      await this.tell({ kind: "attempt", delivered, report });
    }
    release();
    await this.#show(lane, delivered, last!.ok, at);
  }

  /** Shown, kept on file, and only then deleted from the queue. */
  async #show(lane: Lane, delivered: Delivered, ok: boolean, at: number): Promise<void> {
    const file = ok ? this.#save : this.#failedFile;
    const keep = async () => {
      const drop = () => {
        for (const handle of this.#intake.finish(delivered)) lane.sweeper.add(handle);
      };
      const line = jsonLine(delivered.body, delivered.value);
      if (file === undefined) drop();
      // What was given up is for `evb put`, which takes events.
      else await file.add(ok ? markedLine(delivered.mark, line) : line, drop);
    };
    const shown = () => {
      this.#events++;
      if (!ok) this.#failed++;
      if (this.#events === this.#plan.max) this.stop("max");
      return keep();
    };
    // Nobody reads any longer, and the queue goes: what the handler has not taken would be nowhere.
    const left = ok || file === undefined ? undefined : keep;
    const happening = { kind: "event", delivered, ok, at } as const;
    if (!(await this.#mailbox.put({ happening, shown, left }))) await left?.();
  }
}
