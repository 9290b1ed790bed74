import { uuidFrom } from "../../ids.ts";
import type { Site } from "../../ports.ts";
import { keepTask, kinds, type SavedTask } from "../kept.ts";
import { sqsLimits } from "../limits.ts";
import { Message } from "../message.ts";
import type { Queue } from "../queue.ts";

export type MoveStatus = "RUNNING" | "COMPLETED" | "CANCELLING" | "CANCELLED" | "FAILED";

export interface MoveOrder {
  readonly source: Queue;
  /** Without one each message goes back to the queue that gave up on it. */
  readonly destinationArn: string | undefined;
  /** Messages a second; without one as fast as SQS moves. */
  readonly rate: number | undefined;
  readonly findQueue: (arn: string) => Queue | undefined;
}

const queueGone = "AWS.SimpleQueueService.NonExistentQueue";

/** Moves the messages of a dead-letter queue, some at a time, on the site's clock. */
export class MoveTask {
  readonly id: string;
  readonly order: MoveOrder;
  readonly startedAt: number;
  readonly toMove: number;
  status: MoveStatus;
  moved: number;
  failure: string | undefined;
  /** When it moves again. */
  nextAt: number;
  readonly #site: Site;
  /** Messages in one go, and the pause before each. */
  readonly #portion: number;
  readonly #pauseMs: number;
  #cancelTimer: () => void = () => {};

  /** `saved` is one that was kept: it goes on where it was. */
  constructor(site: Site, order: MoveOrder, saved?: SavedTask) {
    const rate = order.rate ?? sqsLimits.moveRate.most;
    this.#site = site;
    this.id = saved?.id ?? uuidFrom(site.random);
    this.order = order;
    this.startedAt = saved?.startedAt ?? site.clock.now();
    this.toMove = saved?.toMove ?? order.source.counts().visible;
    this.status = saved?.status ?? "RUNNING";
    this.moved = saved?.moved ?? 0;
    this.failure = saved?.failure;
    this.#portion = Math.max(1, Math.floor(rate / 10));
    this.#pauseMs = (1000 * this.#portion) / rate;
    this.nextAt = saved?.nextAt ?? this.startedAt + this.#pauseMs;
    if (this.isActive) this.#plan();
  }

  get isActive(): boolean {
    return this.status === "RUNNING" || this.status === "CANCELLING";
  }

  cancel(): void {
    this.status = "CANCELLING";
    this.touch();
  }

  /** It has come to be, or has changed. */
  touch(): void {
    this.#site.ledger?.put(kinds.task, this.id, () => keepTask(this));
  }

  /** Ends it without a trace, for a reset. */
  stop(): void {
    this.#cancelTimer();
  }

  #plan(): void {
    const { clock } = this.#site;
    this.#cancelTimer = clock.after(this.nextAt - clock.now(), () => this.#step());
  }

  #step(): void {
    const end = this.status === "CANCELLING" ? "CANCELLED" : this.#moveSome();
    if (end === undefined) {
      this.nextAt = this.#site.clock.now() + this.#pauseMs;
      this.#plan();
    } else this.status = end;
    this.touch();
  }

  /** Moves one portion; answers how the task ended, if it did. */
  #moveSome(): MoveStatus | undefined {
    const { source, destinationArn, findQueue } = this.order;
    if (findQueue(source.origin.arn) !== source) return this.#failed(queueGone);
    for (let count = 0; count < this.#portion; count++) {
      const message = source.first();
      if (message === undefined) break;
      const arn = destinationArn ?? message.deadLetterSource;
      if (arn === undefined) return this.#failed("CouldNotDetermineMessageSource");
      const destination = findQueue(arn);
      if (destination === undefined) return this.#failed(queueGone);
      this.#move(message, destination);
    }
    return source.first() === undefined ? "COMPLETED" : undefined;
  }

  #failed(reason: string): MoveStatus {
    this.failure = reason;
    return "FAILED";
  }

  /** A moved message is a new one: its own id, its own time, never received. Developer guide, redrive. */
  #move(message: Message, destination: Queue): void {
    const now = this.#site.clock.now();
    this.order.source.remove(message);
    destination.add(
      new Message({
        id: uuidFrom(this.#site.random),
        content: message.content,
        sentAt: now,
        enqueuedAt: now,
        sequence: destination.nextSequence(),
      }),
      0,
    );
    this.moved += 1;
  }
}
