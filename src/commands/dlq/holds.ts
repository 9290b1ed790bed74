import type { SQSClient } from "@aws-sdk/client-sqs";
import { changeVisibility, type ReceivedMessage } from "../../aws/queues.ts";
import type { Clock } from "../../core/clock.ts";

/** How long a message is taken for at first. After a crash it comes back within this time, unless it was extended. */
export const holdSeconds = 60;
/** No extension is longer: seconds. */
export const longestStep = 3600;
/** SQS ends a message's invisibility this long after it was received, extended or not. */
export const longestHoldMs = 12 * 3600e3;
const batch = 10;
const calls = 8;

interface Hold {
  handle: string;
  /** When it was received, and until when it stays invisible: milliseconds since the epoch. */
  since: number;
  until: number;
  /** Seconds of the last extension. */
  step: number;
}

/** The messages that this run has taken and that nobody else sees meanwhile. */
export class Holds {
  readonly #sqs: SQSClient;
  readonly #url: string;
  readonly #clock: Clock;
  readonly #held = new Map<string, Hold>();

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
    this.#held.set(messageId, {
      handle: receiptHandle,
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

  handleOf = (id: string): string | undefined => this.#held.get(id)?.handle;

  drop(id: string): void {
    this.#held.delete(id);
  }

  /** In so many milliseconds all that is held will have come back by itself. */
  longestMs(): number {
    let last = this.#clock.now();
    for (const { until } of this.#held.values()) last = Math.max(last, until);
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
    const now = this.#clock.now();
    const due = [...this.#held].filter(([, { until, step }]) => until - now < step * 500 && until > now);
    const bySeconds = new Map<number, Hold[]>();
    for (const [, hold] of due) {
      const left = Math.floor((hold.since + longestHoldMs - now) / 1000);
      const seconds = Math.min(hold.step * 2, longestStep, left);
      if (seconds * 1000 > hold.until - now)
        bySeconds.set(seconds, [...(bySeconds.get(seconds) ?? []), hold]);
    }
    for (const [seconds, holds] of bySeconds)
      await this.#change(holds, seconds, (hold) => {
        hold.until = now + seconds * 1000;
        hold.step = seconds;
      });
  }

  /** Makes all that is held visible again; returns how many will only come back when their time runs out. */
  async giveBack(): Promise<number> {
    const holds = [...this.#held.values()];
    this.#held.clear();
    let back = 0;
    await this.#change(holds, 0, () => back++);
    return holds.length - back;
  }

  /** A message that cannot be changed comes back by itself and is then known by its id, so a failure is no error. */
  async #change(holds: readonly Hold[], seconds: number, changed: (hold: Hold) => void): Promise<void> {
    let next = 0;
    const work = async () => {
      for (let at = next; at < holds.length; at = next) {
        next = at + batch;
        const some = holds.slice(at, at + batch);
        const handles = some.map(({ handle }) => handle);
        const results = await changeVisibility(this.#sqs, this.#url, handles, seconds).catch(() => []);
        for (const [index, result] of results.entries()) if (result.ok) changed(some[index]!);
      }
    };
    await Promise.all(Array.from({ length: calls }, work));
  }
}
