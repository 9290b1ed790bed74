import type { Slotted } from "../heap.ts";
import type { Linked } from "./list.ts";
import { md5, type WireAttributes } from "./md5.ts";

/** What a sender gives. */
export interface Content {
  readonly body: string;
  readonly attributes?: WireAttributes | undefined;
  /** System attribute `AWSTraceHeader`. */
  readonly traceHeader?: string | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/** `delayed`: never shown yet; `visible`: can be received; `inFlight`: received, hidden for a time. */
export type MessageState = "delayed" | "visible" | "inFlight";

/** A message in a queue. Times are milliseconds since the epoch. */
export class Message implements Slotted, Linked<Message> {
  readonly id: string;
  readonly content: Content;
  readonly sentAt: number;
  /** Retention counts from here: like `sentAt`, but a FIFO dead-letter queue starts afresh. */
  readonly enqueuedAt: number;
  /** FIFO only. */
  readonly sequence: string | undefined;
  /** The queue that gave up on it. */
  readonly deadLetterSource: string | undefined;
  state: MessageState = "visible";
  receiveCount = 0;
  firstReceivedAt = 0;
  receivedAt = 0;
  /** When it is shown, while it is not visible. */
  visibleAt = 0;
  /** When something happens to it by itself: it is shown or it expires. */
  dueAt = 0;
  /** Grows with each change of state in its queue: who became visible first is first in line. */
  turn = 0;
  slot = -1;
  previous: Message | undefined;
  next: Message | undefined;
  #md5: string | undefined;

  constructor(of: {
    readonly id: string;
    readonly content: Content;
    readonly sentAt: number;
    readonly enqueuedAt: number;
    readonly sequence?: string | undefined;
    readonly deadLetterSource?: string | undefined;
  }) {
    this.id = of.id;
    this.content = of.content;
    this.sentAt = of.sentAt;
    this.enqueuedAt = of.enqueuedAt;
    this.sequence = of.sequence;
    this.deadLetterSource = of.deadLetterSource;
  }

  get md5OfBody(): string {
    this.#md5 ??= md5(this.content.body);
    return this.#md5;
  }
}
