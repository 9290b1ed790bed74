import type { Clock } from "../../core/clock.ts";

/** A clock that starts at the other's present and runs `scale` times as fast. */
export function scaledClock(clock: Clock, scale: number): Clock {
  const start = clock.now();
  return {
    now: () => start + Math.floor((clock.now() - start) * scale),
    after: (ms, task) => clock.after(ms / scale, task),
    sleep: (ms, signal) => clock.sleep(ms / scale, signal),
  };
}
