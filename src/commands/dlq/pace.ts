import type { Clock } from "../../core/clock.ts";
import type { Pace } from "../../core/pace.ts";

/** Sends `count` messages when there is room for them; undefined when the signal came first. */
export async function paced<T>(
  pace: Pace | undefined,
  count: number,
  clock: Clock,
  stop: AbortSignal,
  send: () => Promise<T>,
): Promise<T | undefined> {
  if (pace === undefined) return stop.aborted ? undefined : await send();
  for (;;) {
    if (stop.aborted) return undefined;
    const ms = pace.begin(count, clock.now());
    if (ms === 0) break;
    await clock.sleep(ms, stop);
  }
  try {
    return await send();
  } finally {
    pace.end(count, clock.now());
  }
}
