import { Heap } from "../heap.ts";
import type { Message, MessageState } from "./message.ts";

/**
 * The messages of a queue by their ids, how many there are in each state, and which of them something happens to next.
 * Knows nothing of who is served first.
 */
export class Stock {
  readonly #counts: Record<MessageState, number> = { delayed: 0, visible: 0, inFlight: 0 };
  readonly #messages = new Map<string, Message>();
  readonly #due = new Heap<Message>((a, b) => a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.turn < b.turn));
  #turns = 0;
  #retentionMs: number;

  constructor(retentionMs: number) {
    this.#retentionMs = retentionMs;
  }

  get counts(): Readonly<Record<MessageState, number>> {
    return this.#counts;
  }

  get messages(): Iterable<Message> {
    return this.#messages.values();
  }

  find(messageId: string): Message | undefined {
    return this.#messages.get(messageId);
  }

  /** Takes a message in that is in its state since now. */
  add(message: Message): void {
    message.turn = ++this.#turns;
    this.#enter(message);
  }

  /** Takes a message in with its turn of before. */
  takeBack(message: Message): void {
    this.#turns = Math.max(this.#turns, message.turn);
    this.#enter(message);
  }

  remove(message: Message): void {
    this.#messages.delete(message.id);
    this.#due.delete(message);
    this.#counts[message.state] -= 1;
  }

  /** From now on the message is in this state. */
  turn(message: Message, state: MessageState, visibleAt: number): void {
    this.#counts[message.state] -= 1;
    this.#counts[state] += 1;
    message.state = state;
    message.turn = ++this.#turns;
    message.visibleAt = visibleAt;
    this.#schedule(message);
  }

  clear(): void {
    this.#messages.clear();
    this.#due.clear();
    for (const state of ["delayed", "visible", "inFlight"] as const) this.#counts[state] = 0;
  }

  setRetention(ms: number): void {
    if (this.#retentionMs === ms) return;
    this.#retentionMs = ms;
    for (const message of this.#messages.values()) this.#schedule(message);
  }

  /** The message that something happens to next, at its `dueAt`. */
  nextDue(): Message | undefined {
    return this.#due.top();
  }

  expiresAt(message: Message): number {
    return message.enqueuedAt + this.#retentionMs;
  }

  #enter(message: Message): void {
    this.#messages.set(message.id, message);
    this.#counts[message.state] += 1;
    this.#schedule(message);
  }

  #schedule(message: Message): void {
    const expiresAt = this.expiresAt(message);
    message.dueAt = message.state === "visible" ? expiresAt : Math.min(message.visibleAt, expiresAt);
    if (message.slot < 0) this.#due.push(message);
    else this.#due.moved(message);
  }
}
