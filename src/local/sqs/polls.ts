import type { Clock } from "../../core/clock.ts";
import type { Message } from "./message.ts";

/** A receive that waits. */
interface Poll {
  readonly max: number;
  readonly visibilityMs: number;
  readonly end: (messages: Message[]) => void;
  readonly fail: (error: Error) => void;
}

/** What polls wait for. */
export interface Pollable {
  receive(max: number, visibilityMs: number): Message[];
  /** When a message will be shown, or may be, by itself; `undefined` when none will. */
  nextDueAt(): number | undefined;
}

/** The long polls of one queue: first come, first served. */
export class Polls {
  readonly #clock: Clock;
  readonly #queue: Pollable;
  readonly #waiting = new Set<Poll>();
  #waking = false;
  #armedFor: number | undefined;
  #disarm: () => void = () => {};

  constructor(clock: Clock, queue: Pollable) {
    this.#clock = clock;
    this.#queue = queue;
  }

  /** Resolves with messages as soon as there are some, with none after `waitMs` or when the client has gone. */
  wait(max: number, visibilityMs: number, waitMs: number, hungUp: AbortSignal): Promise<Message[]> {
    if (hungUp.aborted) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const settle = () => {
        cancel();
        hungUp.removeEventListener("abort", giveUp);
        this.#waiting.delete(poll);
      };
      const giveUp = () => poll.end([]);
      const cancel = this.#clock.after(waitMs, giveUp);
      const poll: Poll = {
        max,
        visibilityMs,
        end(messages) {
          settle();
          resolve(messages);
        },
        fail(error) {
          settle();
          reject(error);
        },
      };
      hungUp.addEventListener("abort", giveUp, { once: true });
      this.#waiting.add(poll);
      this.#arm();
    });
  }

  /**
   * To be called when something may have become visible. The polls are served once the caller is done, so that a batch
   * of ten is received as ten.
   */
  wake(): void {
    if (this.#waiting.size === 0 || this.#waking) return;
    this.#waking = true;
    queueMicrotask(() => {
      this.#waking = false;
      this.#serve();
    });
  }

  /** Ends all polls with an error: the queue is gone. */
  fail(error: Error): void {
    for (const poll of [...this.#waiting]) poll.fail(error);
    this.#disarm();
  }

  #serve(): void {
    for (const poll of this.#waiting) {
      const messages = this.#queue.receive(poll.max, poll.visibilityMs);
      if (messages.length === 0) break;
      poll.end(messages);
    }
    this.#arm();
  }

  /** Sets the alarm for the next message that shows by itself, as long as somebody waits. */
  #arm(): void {
    const due = this.#waiting.size === 0 ? undefined : this.#queue.nextDueAt();
    if (due === this.#armedFor) return;
    this.#disarm();
    this.#armedFor = due;
    this.#disarm =
      due === undefined
        ? () => {}
        : this.#clock.after(due - this.#clock.now(), () => {
            this.#armedFor = undefined;
            this.#serve();
          });
  }
}
