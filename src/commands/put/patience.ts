import type { Clock } from "../../core/clock.ts";

/** A call without an answer is given up after this. */
const callMs = 30_000;

/** Makes a call that is given up when no answer comes, or when `leave` aborts. */
export async function callOnce<T>(
  call: (signal: AbortSignal) => Promise<T>,
  clock: Clock,
  leave: AbortSignal,
): Promise<T> {
  const given = new AbortController();
  const giveUp = () => given.abort();
  const cancel = clock.after(callMs, giveUp);
  leave.addEventListener("abort", giveUp, { once: true });
  if (leave.aborted) giveUp();
  try {
    return await call(given.signal);
  } finally {
    cancel();
    leave.removeEventListener("abort", giveUp);
  }
}
