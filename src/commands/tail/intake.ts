import type { ReceivedMessage } from "../../aws/queues.ts";
import { type Delivered, parseBody } from "../../core/tail/body.ts";
import { Seen } from "../../core/tail/seen.ts";

/** So many events are known again when they are delivered a second time. */
const memory = 50_000;

/** `drop`: done with, may be deleted. `leave`: stays in the queue. */
export type Admission = { readonly delivered: Delivered } | "drop" | "leave";

/**
 * Decides what becomes of a message: each event is taken once, however often it is delivered, and no more than wanted.
 * An event that comes again while it is still in hand is deleted with all of its messages when it is finished.
 */
export class Intake {
  readonly #passes: (delivered: Delivered) => boolean;
  readonly #max: number;
  readonly #finished = new Seen(memory);
  readonly #inHand = new Map<string, string[]>();
  #admitted = 0;
  #filtered = 0;

  constructor(passes: (delivered: Delivered) => boolean, max: number | undefined) {
    this.#passes = passes;
    this.#max = max ?? Number.POSITIVE_INFINITY;
  }

  get filtered(): number {
    return this.#filtered;
  }

  admit({ body, messageId, receiptHandle }: ReceivedMessage): Admission {
    const delivered = parseBody(body, messageId);
    if (this.#finished.has(delivered.key)) return "drop";
    const handles = this.#inHand.get(delivered.key);
    if (handles !== undefined) {
      handles.push(receiptHandle);
      return "leave";
    }
    if (!this.#passes(delivered)) {
      this.#filtered++;
      this.#finished.add(delivered.key);
      return "drop";
    }
    if (this.#admitted >= this.#max) return "leave";
    this.#admitted++;
    this.#inHand.set(delivered.key, [receiptHandle]);
    return { delivered };
  }

  /** The receipt handles of an event that is done with. */
  finish({ key }: Delivered): readonly string[] {
    const handles = this.#inHand.get(key) ?? [];
    this.#inHand.delete(key);
    this.#finished.add(key);
    return handles;
  }
}
