import { setMaxListeners } from "node:events";
import type { Clock } from "../core/clock.ts";

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  sleep(ms, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      // Any number may wait for one signal, such as all that a rate holds back: that is no leak to warn of.
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener("abort", end, { once: true });
    });
  },
};
