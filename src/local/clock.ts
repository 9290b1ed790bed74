import type { Clock } from "../core/clock.ts";
import { Heap, type Slotted } from "./heap.ts";

/** A clock that stands still until it is wound. */
export interface WindableClock extends Clock {
  /**
   * Moves time on by `ms`, running what falls due on the way in its order, each at its own moment. Between
   * two tasks the event loop goes round, so that what a task starts may set timers that still count.
   */
  advance(ms: number): Promise<void>;
}

interface Timer extends Slotted {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

/** A clock for tests; it begins at `startMs` (milliseconds since the epoch). */
export function windableClock(startMs: number): WindableClock {
  let now = startMs;
  let order = 0;
  const timers = new Heap<Timer>((a, b) => a.at < b.at || (a.at === b.at && a.order < b.order));

  function after(ms: number, task: () => void): () => void {
    const timer: Timer = { at: now + Math.max(0, ms), order: order++, task, slot: -1 };
    timers.push(timer);
    return () => timers.delete(timer);
  }

  return {
    now: () => now,
    after,
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const end = () => {
          cancel();
          signal?.removeEventListener("abort", end);
          resolve();
        };
        const cancel = after(ms, end);
        signal?.addEventListener("abort", end, { once: true });
      });
    },
    async advance(ms) {
      const end = now + ms;
      await turn();
      for (let next = timers.top(); next !== undefined && next.at <= end; next = timers.top()) {
        timers.pop();
        now = next.at;
        next.task();
        await turn();
      }
      now = end;
    },
  };
}

/** Once round the event loop: promises that can settle have settled. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
