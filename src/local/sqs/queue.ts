import type { Clock } from "../../core/clock.ts";
import type { Ledger } from "../data/ledger.ts";
import type { Attempt } from "./attempts.ts";
import type { Attributes } from "./attributes/check.ts";
import { initialValues, mergeValues, type Settings, settingsOf } from "./attributes/settings.ts";
import { Deduplication } from "./dedup.ts";
import { FifoLine } from "./fifo-line.ts";
import { keepMessage, keepQueue, keepSequence, keepState, kinds } from "./kept.ts";
import { sqsLimits } from "./limits.ts";
import type { Line } from "./line.ts";
import type { Message, MessageState } from "./message.ts";
import { type Pollable, Polls } from "./polls.ts";
import { StandardLine } from "./standard-line.ts";
import { Stock } from "./stock.ts";

/** What a queue is from its first moment. */
export interface QueueOrigin {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  /** Unlike the name never used again; a receipt handle carries it. */
  readonly serial: number;
  readonly clock: Clock;
  /** Told of every change, where state is kept. */
  readonly ledger?: Ledger | undefined;
  /** Takes a message that was received too often, which it removes from this queue; false when nobody takes it. */
  readonly deadLetter: (message: Message, from: Queue) => boolean;
}

/** Sequence numbers have 20 digits and are not consecutive. */
const firstSequence = 18_849_496_460_467_696_128n;
const sequenceStep = 256n;

/**
 * A queue: where each message is and when it moves. What is due by the clock (shown again, expired) happens at the
 * next look, so that a queue nobody looks at costs nothing. No step costs more for many messages than for few.
 */
export class Queue implements Pollable {
  readonly origin: QueueOrigin;
  createdAt: number;
  modifiedAt: number;
  purgedAt = Number.NEGATIVE_INFINITY;
  readonly tags = new Map<string, string>();
  readonly deduplication = new Deduplication();
  /** Receives of a FIFO queue that may be asked again, by their `ReceiveRequestAttemptId`. */
  readonly attempts = new Map<string, Attempt>();
  readonly polls: Polls;
  #values: Map<string, string>;
  #settings: Settings;
  #line: Line;
  readonly #stock: Stock;
  readonly #id: string;
  #lastSequence = firstSequence;

  constructor(origin: QueueOrigin, attributes: Attributes) {
    this.origin = origin;
    this.#id = String(origin.serial);
    this.createdAt = origin.clock.now();
    this.modifiedAt = this.createdAt;
    this.#values = mergeValues(initialValues(origin.fifo), attributes);
    this.#settings = settingsOf(this.#values);
    this.#stock = new Stock(this.#settings.retentionMs);
    this.#line = this.#newLine();
    this.polls = new Polls(origin.clock, this);
    this.touch();
  }

  get values(): ReadonlyMap<string, string> {
    return this.#values;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get messages(): Iterable<Message> {
    return this.#stock.messages;
  }

  get lastSequence(): bigint {
    return this.#lastSequence;
  }

  /** Attributes, tags or times have changed. */
  touch(): void {
    this.origin.ledger?.put(kinds.queue, this.#id, () => keepQueue(this));
  }

  /** How many messages there are of each state, now. */
  counts(): Readonly<Record<MessageState, number>> {
    this.settle();
    return this.#stock.counts;
  }

  /** Attributes that have been checked. */
  setAttributes(attributes: Attributes): void {
    // What has had its time by the old settings does not come back by the new ones.
    this.settle();
    this.#values = mergeValues(this.#values, attributes);
    this.#settings = settingsOf(this.#values);
    this.modifiedAt = this.origin.clock.now();
    this.touch();
    this.#stock.setRetention(this.#settings.retentionMs);
  }

  /** Takes a message in, hidden for `delayMs`. */
  add(message: Message, delayMs: number): void {
    this.settle();
    message.state = delayMs > 0 ? "delayed" : "visible";
    message.visibleAt = this.origin.clock.now() + delayMs;
    this.#stock.add(message);
    this.#line.enter(message);
    this.origin.ledger?.put(kinds.message(this.#id), message.id, () => keepMessage(message));
    this.#touchState(message);
    this.polls.wake();
  }

  /** Takes a message in as it was when it was kept. */
  takeBack(message: Message): void {
    const { state } = message;
    this.#stock.takeBack(message);
    // A line lets in what can be served; what is in flight is hidden in it afterwards.
    if (state === "inFlight") message.state = "visible";
    this.#line.enter(message);
    if (state === "inFlight") {
      this.#line.hide(message);
      message.state = state;
    }
  }

  /** As it was kept, with times and all. */
  takeBackSettings(of: {
    createdAt: number;
    modifiedAt: number;
    purgedAt: number;
    lastSequence: bigint;
  }): void {
    this.createdAt = of.createdAt;
    this.modifiedAt = of.modifiedAt;
    this.purgedAt = of.purgedAt;
    if (of.lastSequence > this.#lastSequence) this.#lastSequence = of.lastSequence;
  }

  /** Up to `max` messages, hidden from now for `visibilityMs`; those received too often go to the dead-letter queue. */
  receive(max: number, visibilityMs: number): Message[] {
    this.settle();
    const now = this.origin.clock.now();
    const room = sqsLimits.inFlight - this.#stock.counts.inFlight;
    return this.#line.take(Math.min(max, room), (message) => {
      if (this.#isExhausted(message) && this.origin.deadLetter(message, this)) return false;
      message.receiveCount += 1;
      message.receivedAt = now;
      message.firstReceivedAt ||= now;
      this.#turn(message, "inFlight", now + visibilityMs);
      return true;
    });
  }

  /** The message whose turn it is; it stays as it is. */
  first(): Message | undefined {
    this.settle();
    return this.#line.first();
  }

  find(messageId: string): Message | undefined {
    this.settle();
    return this.#stock.find(messageId);
  }

  /** Hides a message for `visibilityMs` from now; 0 shows it at once. */
  setVisibility(message: Message, visibilityMs: number): void {
    const wasVisible = message.state === "visible";
    if (visibilityMs > 0) {
      this.#turn(message, "inFlight", this.origin.clock.now() + visibilityMs);
      if (wasVisible) this.#line.hide(message);
    } else if (!wasVisible) this.#show(message);
    this.polls.wake();
  }

  remove(message: Message): void {
    this.#line.leave(message);
    this.#stock.remove(message);
    this.origin.ledger?.drop(kinds.message(this.#id), message.id);
    this.origin.ledger?.drop(kinds.state(this.#id), message.id);
    // The next of its group may now be taken.
    this.polls.wake();
  }

  /** The next sequence number of a FIFO queue, `undefined` for a standard one. */
  nextSequence(): string | undefined {
    if (!this.origin.fifo) return undefined;
    this.#lastSequence += sequenceStep;
    this.origin.ledger?.put(kinds.sequence, this.#id, () => keepSequence(this));
    return this.#lastSequence.toString();
  }

  /** Forgets all messages. */
  clear(): void {
    this.origin.ledger?.dropAll(kinds.message(this.#id));
    this.origin.ledger?.dropAll(kinds.state(this.#id));
    this.#stock.clear();
    this.#line = this.#newLine();
  }

  nextDueAt(): number | undefined {
    return this.#stock.nextDue()?.dueAt;
  }

  /** Does what is due. */
  settle(): void {
    const now = this.origin.clock.now();
    for (;;) {
      const next = this.#stock.nextDue();
      if (next === undefined || next.dueAt > now) return;
      if (this.#stock.expiresAt(next) <= now) this.remove(next);
      else this.#show(next);
    }
  }

  #newLine(): Line {
    return this.origin.fifo ? new FifoLine() : new StandardLine();
  }

  #isExhausted(message: Message): boolean {
    const { redrive } = this.#settings;
    return redrive !== undefined && message.receiveCount >= redrive.maxReceiveCount;
  }

  #show(message: Message): void {
    const wasInFlight = message.state === "inFlight";
    this.#turn(message, "visible", message.visibleAt);
    this.#line.show(message, wasInFlight);
  }

  #turn(message: Message, state: MessageState, visibleAt: number): void {
    this.#stock.turn(message, state, visibleAt);
    this.#touchState(message);
  }

  #touchState(message: Message): void {
    this.origin.ledger?.put(kinds.state(this.#id), message.id, () => keepState(message));
  }
}
