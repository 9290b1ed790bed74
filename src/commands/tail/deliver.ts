import { fullJitter } from "../../core/backoff.ts";
import type { Clock, Random } from "../../core/clock.ts";
import { renderDuration } from "../../core/duration.ts";
import type { Delivered } from "../../core/tail/body.ts";
import type { Handed, Handler } from "./handler.ts";
import type { AttemptReport } from "./happening.ts";

export interface DeliverPlan {
  readonly handler: Handler;
  readonly maxAttempts: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly random: Random;
  /** Once it aborts, no further attempt is begun. */
  readonly ending: AbortSignal;
  /** Once it aborts, the attempt under way is ended; its reason is the name of a signal. */
  readonly killing: AbortSignal;
}

const backoff = { baseMs: 1000, capMs: 30_000 };

/** Hands an event over, again and again until it is taken. Yields a report of each try; the last has no `retryMs`. */
export async function* deliver(plan: DeliverPlan, delivered: Delivered): AsyncGenerator<AttemptReport> {
  const { clock, ending } = plan;
  for (let attempt = 1; ; attempt++) {
    const started = clock.now();
    const handed = await tryOnce(plan, delivered);
    const isLast = handed.ok || attempt >= plan.maxAttempts || ending.aborted;
    const retryMs = isLast ? undefined : fullJitter(backoff, attempt, plan.random);
    const report: AttemptReport = { ...handed, attempt, ms: clock.now() - started, retryMs };
    yield report;
    if (retryMs === undefined) return;
    await clock.sleep(retryMs, ending);
    if (!ending.aborted) continue;
    yield {
      ok: false,
      words: `${handed.words}; not tried again, the tail is ending`,
      attempt,
      ms: 0,
      retryMs: undefined,
    };
    return;
  }
}

async function tryOnce(
  { handler, timeoutMs, clock, killing }: DeliverPlan,
  delivered: Delivered,
): Promise<Handed> {
  const end = new AbortController();
  let timedOut = false;
  const cancel = clock.after(timeoutMs, () => {
    timedOut = true;
    end.abort("SIGTERM");
  });
  const kill = () => end.abort(killing.reason);
  if (killing.aborted) kill();
  killing.addEventListener("abort", kill, { once: true });
  try {
    const handed = await handler(delivered, end.signal);
    if (!timedOut || handed.ok) return handed;
    return { ...handed, words: `not done after ${renderDuration(timeoutMs)}` };
  } finally {
    cancel();
    killing.removeEventListener("abort", kill);
  }
}
