import type { ReceivedMessage } from "../../aws/queues.ts";
import { type Delivered, parseBody } from "../../core/tail/body.ts";
import { isCanary } from "../../core/tail/canary.ts";
import { Seen } from "../../core/tail/seen.ts";

/** So many events are known again when they are delivered a second time. */
const memory = 50_000;

export interface IntakePlan {
  readonly passes: (delivered: Delivered) => boolean;
  readonly max: number | undefined;
  /** The name in the canary that belongs to this tail. */
  readonly canary: string | undefined;
}

/** `drop`: done with, may be deleted; so may a `canary`. `leave`: stays in the queue. */
export type Admission = { readonly delivered: Delivered } | "drop" | "canary" | "leave";

/**
 * Decides what becomes of a message: each event is taken once, however often it is delivered, and no more than wanted.
 * An event that comes again while it is still in hand is deleted with all of its messages when it is finished.
 */
export class Intake {
  readonly #plan: IntakePlan;
  readonly #max: number;
  readonly #finished = new Seen(memory);
  readonly #inHand = new Map<string, string[]>();
  #admitted = 0;
  #filtered = 0;

  constructor(plan: IntakePlan) {
    this.#plan = plan;
    this.#max = plan.max ?? Number.POSITIVE_INFINITY;
  }

  get filtered(): number {
    return this.#filtered;
  }

  /** `mark` names the rule through whose queue it came. */
  admit({ body, messageId, receiptHandle }: ReceivedMessage, mark: string | undefined): Admission {
    const delivered = parseBody(body, messageId, mark);
    const { passes, canary } = this.#plan;
    if (canary !== undefined && isCanary(delivered, canary)) return "canary";
    if (this.#finished.has(delivered.key)) return "drop";
    const handles = this.#inHand.get(delivered.key);
    if (handles !== undefined) {
      handles.push(receiptHandle);
      return "leave";
    }
    if (!passes(delivered)) {
      this.#filtered++;
      this.#finished.add(delivered.key);
      return "drop";
    }
    if (this.#admitted >= this.#max) return "leave";
    this.#admitted++;
    this.#inHand.set(delivered.key, [receiptHandle]);
    return { delivered };
  }

  /** The newest receipt handle of an event, while it is in hand. */
  handleOf = ({ key }: Delivered): string | undefined => this.#inHand.get(key)?.at(-1);

  /** The receipt handles of an event that is done with. */
  finish({ key }: Delivered): readonly string[] {
    const handles = this.#inHand.get(key) ?? [];
    this.#inHand.delete(key);
    this.#finished.add(key);
    return handles;
  }
}
