import { parseLetter } from "../../../core/redrive/parse.ts";
import { runCrew } from "../crew.ts";
import { holdSeconds } from "../holds.ts";
import type { Scanned } from "../scan.ts";
import type { RedriveHappening } from "./happening.ts";
import type { Setting } from "./setting.ts";
import { redriveBatch, type WorkerOptions } from "./worker.ts";

/** What one way through the queue adds to. */
export interface PassResult {
  /** Messages that passed the filters. */
  selected: number;
  elsewhere: number;
  late: number;
  full: boolean;
}

/** The second Ctrl-C: nothing is waited for, and so many messages stay held for a while. */
export class LeftAtOnce extends Error {
  override readonly name = "LeftAtOnce";
  readonly held: number;
  constructor(held: number) {
    super("left at once");
    this.held = held;
  }
}

/** After a crash messages that were being sent come back within the time for which they had been taken. */
const graceMs = 5000;
const pauseMs = 2000;

/** Goes once through the queue and redrives what passes the filters, at most `limit` messages. */
export async function* pass(
  setting: Setting,
  worker: Omit<WorkerOptions, "source">,
  limit: number,
  result: PassResult,
  stopNow: AbortSignal,
): AsyncGenerator<RedriveHappening, void> {
  const { clock, journal, stop } = worker;
  const source = setting.openSource();
  const unsettled = new Set(journal.state.outstanding.keys());
  const waitUntil = unsettled.size === 0 ? 0 : journal.openedAfter + holdSeconds * 1000 + graceMs;
  let left = false;
  try {
    for (;;) {
      left = yield* orLeave(crewOf(setting, { ...worker, source }, limit, result), stopNow);
      if (left) throw new LeftAtOnce(source.abandon());
      const missing = [...unsettled].filter(
        (id) => journal.state.outstanding.has(id) && !source.holds.has(id),
      );
      if (stop.aborted || source.full || source.elsewhere === 0 || missing.length === 0) break;
      if (clock.now() >= waitUntil) break;
      yield { kind: "waiting", count: missing.length, ms: waitUntil - clock.now(), for: "held" };
      await clock.sleep(pauseMs, stop);
      source.again();
    }
  } finally {
    result.elsewhere = source.elsewhere;
    result.full ||= source.full;
    if (!left) result.late += await source.close();
  }
}

function crewOf(setting: Setting, worker: WorkerOptions, limit: number, result: PassResult) {
  const { source, stop } = worker;
  const { matches, filtered, options } = setting;
  const last = result.selected + limit;
  // Without filters every message counts, so no more are taken than may be sent.
  const few = filtered ? Number.POSITIVE_INFINITY : Math.ceil(limit / 10);
  return runCrew<RedriveHappening>(Math.min(options.concurrency, few), async (tell, over) => {
    while (result.selected < last && !over.aborted && !stop.aborted) {
      const room = last - result.selected;
      const messages = await source.take(filtered ? 10 : Math.min(10, room));
      if (messages.length === 0) return;
      const batch: Scanned[] = [];
      for (const message of messages) {
        const letter = parseLetter(message);
        if (result.selected >= last || !matches(letter)) continue;
        result.selected++;
        batch.push({ message, letter });
      }
      if (batch.length > 0) await redriveBatch(batch, worker, tell);
    }
  });
}

/** Yields what comes until the signal; true when it was the signal that ended it. */
async function* orLeave<H>(run: AsyncGenerator<H, void>, signal: AbortSignal): AsyncGenerator<H, boolean> {
  const left = new Promise<"left">((resolve) => {
    if (signal.aborted) resolve("left");
    signal.addEventListener("abort", () => resolve("left"), { once: true });
  });
  for (;;) {
    const step = await Promise.race([run.next(), left]);
    if (step === "left") return true;
    if (step.done) return false;
    yield step.value;
  }
}
