import type { Clock } from "../../core/clock.ts";
import type { Pace } from "../../core/redrive/pace.ts";

/** Waits for room for `count` messages; false when the signal came first. */
export async function waitForPace(
  pace: Pace,
  count: number,
  clock: Clock,
  stop: AbortSignal,
): Promise<boolean> {
  for (;;) {
    if (stop.aborted) return false;
    const ms = pace.take(count, clock.now());
    if (ms === 0) return true;
    await clock.sleep(ms, stop);
  }
}
