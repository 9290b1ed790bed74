/** How long a call may take, with all tries of the SDK, before it counts as unanswered. */
const callMs = 60_000;

/**
 * Makes a call that does not wait for ever: the SDK itself has no limit for an answer that never comes. Rejects with a
 * `TimeoutError`, which says nothing about whether the call was carried out. `waitMs` is what the call takes by design.
 */
export async function answered<T>(
  call: (options: { abortSignal: AbortSignal }) => Promise<T>,
  waitMs = 0,
  signal?: AbortSignal,
): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), callMs + waitMs);
  const abortSignal = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
  try {
    return await call({ abortSignal });
  } catch (error) {
    if (!limit.signal.aborted || signal?.aborted) throw error;
    const timeout = new Error(`no answer within ${(callMs + waitMs) / 1000} seconds`, { cause: error });
    throw Object.assign(timeout, {
      name: "TimeoutError",
      operation: (error as { operation?: string }).operation,
      endpoint: (error as { endpoint?: string }).endpoint,
    });
  } finally {
    // One timer a call would pile up by the thousand.
    clearTimeout(timer);
  }
}
