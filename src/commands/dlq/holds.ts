import type { SQSClient } from "@aws-sdk/client-sqs";
import { changeVisibility, type ReceivedMessage, type VisibilityChange } from "../../aws/queues.ts";
import type { Clock } from "../../core/clock.ts";
import { HoldTable } from "./hold-table.ts";

/** How long a message is taken for at first. After a crash it comes back within this time, unless it was extended. */
export const holdSeconds = 60;
/** No extension is longer: seconds. */
export const longestStep = 3600;
/** SQS ends a message's invisibility this long after it was received, extended or not. */
export const longestHoldMs = 12 * 3600e3;
const batch = 10;
const calls = 8;

/** What is to be asked for, of the message in this slot of the table. */
interface Change extends VisibilityChange {
  readonly slot: number;
}

/** The messages that this run has taken and that nobody else sees meanwhile. */
export class Holds {
  readonly #sqs: SQSClient;
  readonly #url: string;
  readonly #clock: Clock;
  #held = new HoldTable();

  constructor(sqs: SQSClient, url: string, clock: Clock) {
    this.#sqs = sqs;
    this.#url = url;
    this.#clock = clock;
  }

  get size(): number {
    return this.#held.size;
  }

  has = (id: string): boolean => this.#held.has(id);

  /** Takes a message, or takes note of the newer receipt handle of one whose time had run out. */
  add({ messageId, receiptHandle }: ReceivedMessage, askedAt: number): void {
    this.#held.set(messageId, receiptHandle, {
      since: askedAt,
      until: askedAt + holdSeconds * 1000,
      step: holdSeconds,
    });
  }

  /** Still invisible to others for at least `ms`. */
  isSafe(id: string, ms = 5000): boolean {
    const hold = this.#held.get(id);
    return hold !== undefined && hold.until - this.#clock.now() >= ms;
  }

  handleOf(id: string): string | undefined {
    const hold = this.#held.get(id);
    return hold && this.#held.handleAt(hold.slot);
  }

  drop(id: string): void {
    this.#held.delete(id);
  }

  /** In so many milliseconds all that is held will have come back by itself. */
  longestMs(): number {
    let last = this.#clock.now();
    for (const { until } of this.#held.all()) last = Math.max(last, until);
    return last - this.#clock.now();
  }

  /** Extends what is half-way through its time, until the signal. Each extension doubles, up to an hour. */
  async keep(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      await this.#clock.sleep(holdSeconds * 100, stop);
      if (!stop.aborted) await this.#extendDue();
    }
  }

  async #extendDue(): Promise<void> {
    await this.#change(this.#due(), ({ slot, handle, seconds }, askedAt) =>
      this.#held.extend(slot, handle, askedAt + seconds * 1000, seconds),
    );
  }

  /** Each is looked at when its turn comes: meanwhile it may have been deleted, or have come back by itself. */
  *#due(): Generator<Change> {
    for (const { slot, since, until, step } of this.#held.all()) {
      const now = this.#clock.now();
      if (until - now >= step * 500 || until <= now) continue;
      const left = Math.floor((since + longestHoldMs - now) / 1000);
      const seconds = Math.min(step * 2, longestStep, left);
      if (seconds * 1000 > until - now) yield { slot, handle: this.#held.handleAt(slot), seconds };
    }
  }

  /** Makes all that is held visible again; returns how many will only come back when their time runs out. */
  async giveBack(): Promise<number> {
    const held = this.#held;
    this.#held = new HoldTable();
    let back = 0;
    await this.#change(everything(held), () => back++);
    return held.size - back;
  }

  /** A message that cannot be changed comes back by itself and is then known by its id, so a failure is no error. */
  async #change(
    changes: Iterator<Change>,
    changed: (change: Change, askedAt: number) => void,
  ): Promise<void> {
    const work = async () => {
      for (let some = take(changes, batch); some.length > 0; some = take(changes, batch)) {
        const askedAt = this.#clock.now();
        const results = await changeVisibility(this.#sqs, this.#url, some).catch(() => []);
        for (const [index, result] of results.entries()) if (result.ok) changed(some[index]!, askedAt);
      }
    };
    await Promise.all(Array.from({ length: calls }, work));
  }
}

function* everything(held: HoldTable): Generator<Change> {
  for (const { slot } of held.all()) yield { slot, handle: held.handleAt(slot), seconds: 0 };
}

function take<T>(from: Iterator<T>, most: number): T[] {
  const some: T[] = [];
  while (some.length < most) {
    const { value, done } = from.next();
    if (done) break;
    some.push(value);
  }
  return some;
}
