import type { Clock } from "../../../src/core/clock.ts";
import { systemClock } from "../../../src/shell/clock.ts";

/** Of most of what these rules send nothing says whose event it is. */
const target = (id: string, input: object = {}) => ({ id, queue: "any", ...input });
export const buses = {
  buses: {
    lab: {
      rules: {
        all: {
          pattern: { source: ["com.lab"] },
          targets: [
            target("fixed", { input: { fixed: true } }),
            target("number", { inputPath: "$.detail.n" }),
            target("whole"),
          ],
        },
        big: {
          pattern: { source: ["com.lab"], detail: { n: [{ numeric: [">", 10] }] } },
          targets: [target("big", { input: { big: true } })],
        },
        reads: {
          pattern: { source: ["com.reader"], resources: [{ prefix: "x/" }] },
          targets: [target("reads", { inputPath: "$.detail" })],
        },
        onward: { pattern: { source: ["com.hop"] }, targets: [{ id: "next", bus: "next" }] },
      },
    },
    next: {
      rules: {
        hopped: { pattern: { source: ["com.hop"] }, targets: [target("h", { input: { h: 1 } })] },
        second: {
          pattern: { source: ["com.hop"], detail: { n: [2] } },
          targets: [target("second", { input: { second: true } })],
        },
      },
    },
  },
  queues: { any: {} },
};

/** How long an event is given to settle on the emulator. */
const settleMs = 100;
/** Events settle at once, or nearly. */
export const quickClock: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(ms === settleMs ? 20 : ms, signal),
};

/** A clock on which events settle when so many do at the same time. */
export function meetingClock(size: number) {
  let waiting: (() => void)[] = [];
  const seen = { most: 0 };
  const sleep = (ms: number, signal?: AbortSignal) => {
    if (ms !== settleMs) return systemClock.sleep(ms, signal);
    return new Promise<void>((resolve) => {
      if (signal?.aborted) return resolve();
      signal?.addEventListener("abort", () => resolve(), { once: true });
      waiting.push(resolve);
      seen.most = Math.max(seen.most, waiting.length);
      if (waiting.length < size) return;
      for (const wake of waiting) wake();
      waiting = [];
    });
  };
  return { ...systemClock, sleep, seen };
}
