import type { SQSClient } from "@aws-sdk/client-sqs";
import { deleteMessages, describeQueue, type ReceivedMessage, receiveMessages } from "../../aws/queues.ts";
import type { ItemResult } from "../../aws/results.ts";
import type { Clock } from "../../core/clock.ts";
import { IdSet } from "../../core/redrive/id-set.ts";
import { Holds, holdSeconds } from "./holds.ts";
import type { OpenQueue } from "./queue.ts";

/** Messages in flight of one queue; source: SQS quotas. */
const inFlightLimit = 120_000;
/** Calls that are tried before a queue which claims to have messages is believed to give none. */
const patience = 5;

export interface SourceOptions {
  readonly sqs: SQSClient;
  readonly queue: OpenQueue;
  readonly clock: Clock;
  /** An endpoint on this machine has one server, whose short poll sees everything; SQS needs a long one. */
  readonly waitSeconds: 0 | 1;
}

/** Messages that stay invisible for a while, and for how long at most. */
export interface Abandoned {
  readonly held: number;
  readonly ms: number;
}

/**
 * The dead-letter queue as a run sees it: each message once. What was taken stays invisible to others until it is
 * deleted or the source is closed, which gives the rest back.
 */
export class Source {
  readonly #options: SourceOptions;
  readonly holds: Holds;
  readonly #deleted = new IdSet();
  readonly #over = new AbortController();
  readonly #keeper: Promise<void>;
  #spare: ReceivedMessage[] = [];
  #asking: Promise<boolean> | undefined;
  #ended = false;
  /** Workers that have a batch in hand. */
  #atWork = 0;
  /** Messages that somebody else holds, seen when the queue had no more to give. */
  elsewhere = 0;
  /** Messages of a FIFO queue that stand behind others of their group which were left in it. */
  behind = 0;
  /** So much is in flight that SQS gives out no more: the end was not reached. */
  full = false;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.holds = new Holds(options.sqs, options.queue.url, options.clock);
    this.#keeper = this.holds.keep(this.#over.signal);
  }

  /**
   * The messages, as batches of at most `size()`, until the queue has no more or `size()` is 0. Several workers may
   * each go through their own: no message comes twice. A batch is done with when its worker asks for the next one.
   */
  async *batches(size: () => number): AsyncGenerator<ReceivedMessage[], void> {
    for (let max = size(); max > 0; max = size()) {
      const messages = await this.#take(max);
      if (messages.length === 0) return;
      this.#atWork++;
      try {
        yield messages;
      } finally {
        this.#atWork--;
      }
    }
  }

  /** Deletes messages; one that was not deleted stays held, and comes back when its time runs out. */
  async delete(ids: readonly string[]): Promise<ItemResult[]> {
    const { sqs, queue } = this.#options;
    const handles = ids.map((id) => this.holds.handleOf(id) ?? "");
    const results = await deleteMessages(sqs, queue.url, handles);
    for (const [index, result] of results.entries()) {
      if (!result.ok) continue;
      this.#deleted.add(ids[index]!);
      this.holds.drop(ids[index]!);
    }
    return results;
  }

  /** Ends the holding; returns how many messages could not be given back and stay away for a while. */
  async close(): Promise<number> {
    this.#over.abort();
    await this.#keeper;
    return await this.holds.giveBack();
  }

  /** The queue has been read to its end. */
  get isAtEnd(): boolean {
    return this.#ended && !this.full;
  }

  /** Goes on after the end was reached: what others held may have come back. */
  again(): void {
    this.#ended = false;
  }

  /** Leaves at once; what is held comes back by itself. Returns how many messages that are, and within what time. */
  abandon(): Abandoned {
    this.#ended = true;
    this.#over.abort();
    return { held: this.holds.size, ms: this.holds.longestMs() };
  }

  /** Lets go of a message unseen, so that it is new when it comes back. */
  forget(id: string): void {
    this.holds.drop(id);
  }

  async #take(max: number): Promise<ReceivedMessage[]> {
    while (!this.#ended) {
      const spare = this.#spare.splice(0, max);
      if (spare.length > 0) return spare;
      const received = await this.#receive(max, 0);
      if (received.length > 0) return received;
      if (this.#spare.length === 0 && !(await this.#hasMore())) return [];
    }
    return this.#spare.splice(0, max);
  }

  async #receive(max: number, waitSeconds: number): Promise<ReceivedMessage[]> {
    const { sqs, queue, clock } = this.#options;
    const askedAt = clock.now();
    try {
      const all = await receiveMessages(sqs, queue.url, { max, waitSeconds, visibilitySeconds: holdSeconds });
      const fresh = all.filter(
        ({ messageId }) => !this.holds.has(messageId) && !this.#deleted.has(messageId),
      );
      for (const message of all) this.holds.add(message, askedAt);
      await this.#deleteAgain(all);
      return fresh;
    } catch (error) {
      if ((error as Error).name !== "OverLimit") throw error;
      this.full = true;
      return [];
    }
  }

  /** A standard queue may give out a message that was deleted; its deletion is journaled, so it must not go again. */
  async #deleteAgain(messages: readonly ReceivedMessage[]): Promise<void> {
    const ids = messages.map(({ messageId }) => messageId).filter((id) => this.#deleted.has(id));
    if (ids.length > 0) await this.delete(ids);
  }

  /** One worker asks for all whether the queue has come to its end. */
  #hasMore(): Promise<boolean> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<boolean> {
    const { sqs, queue, clock, waitSeconds } = this.#options;
    for (let tries = 1; tries <= patience && !this.full; tries++) {
      if (this.#ended) return false;
      this.#spare.push(...(await this.#receive(10, waitSeconds)));
      if (this.#spare.length > 0) return true;
      // Other workers take and delete while SQS counts, so what they held before and hold after is not elsewhere.
      const before = this.holds.size;
      const attributes = await describeQueue(sqs, queue.url);
      const hidden = Number(attributes?.ApproximateNumberOfMessagesNotVisible ?? 0);
      this.elsewhere = Math.max(0, hidden - Math.max(before, this.holds.size));
      const visible = Number(attributes?.ApproximateNumberOfMessages ?? 0);
      // A long poll says nothing of the limit: it answers as an empty queue does.
      if (Math.max(hidden, this.holds.size) >= inFlightLimit * 0.99) this.full = true;
      this.behind = queue.fifo ? visible : 0;
      if (visible === 0) break;
      // A group of a FIFO queue waits until another worker is done with the messages before it.
      if (queue.fifo && this.#atWork > 0) tries = 0;
      await clock.sleep(queue.fifo ? 20 : 100 * tries * waitSeconds);
    }
    this.#ended = true;
    return false;
  }
}
