import type { Remnant } from "../../temporary.ts";
import { runCrew } from "../crew.ts";
import { holdSeconds } from "../holds.ts";
import type { Selection } from "../selection.ts";
import type { Abandoned } from "../source.ts";
import { unless } from "../unless.ts";
import type { RedriveHappening } from "./happening.ts";
import type { Setting } from "./setting.ts";
import { redriveBatch, type WorkerOptions } from "./worker.ts";

/** What one way through the queue adds to. */
export interface PassResult {
  elsewhere: number;
  late: number;
  full: boolean;
  behind: number;
  /** Invisible still, and left so by an earlier run. */
  unseen: number;
  /** The queue was read to its end. */
  sawEnd: boolean;
  /** Of the temporary bus. */
  remnants?: readonly Remnant[];
}

/** The second Ctrl-C: nothing is waited for, and so many messages stay held for a while. */
export class LeftAtOnce extends Error {
  override readonly name = "LeftAtOnce";
  readonly abandoned: Abandoned;
  constructor(abandoned: Abandoned) {
    super("left at once");
    this.abandoned = abandoned;
  }
}

/** After a crash messages that were being sent come back within the time for which they had been taken. */
const graceMs = 5000;
const pauseMs = 2000;

/** Goes once through the queue and redrives what the selection lets pass. */
export async function* pass(
  setting: Setting,
  worker: Omit<WorkerOptions, "source" | "aside" | "selection"> & { readonly selection: Selection },
  result: PassResult,
  stopNow: AbortSignal,
): AsyncGenerator<RedriveHappening, void> {
  const { clock, journal, stop } = worker;
  const source = setting.openSource();
  const unsettled = new Set(journal.state.outstanding());
  const waitUntil = (journal.cutOffAt ?? journal.openedAfter) + holdSeconds * 1000 + graceMs;
  let left = false;
  let unseen = 0;
  try {
    for (;;) {
      left = yield* orLeave(crewOf(setting, { ...worker, source }), stopNow);
      if (left) throw new LeftAtOnce(source.abandon());
      const missing = [...unsettled].filter(
        (id) => journal.state.standOf(id) !== undefined && !source.holds.has(id),
      );
      // Whoever wants no more waits for no more.
      if (stop.aborted || source.full || worker.selection.isFull) break;
      // Of what a crash has cut off anything that is invisible may have been held.
      unseen = Math.min(source.elsewhere, journal.cutOffAt === undefined ? missing.length : source.elsewhere);
      if (unseen === 0 || clock.now() >= waitUntil) break;
      yield { kind: "waiting", count: unseen, ms: waitUntil - clock.now(), for: "held" };
      await clock.sleep(pauseMs, stop);
      source.again();
    }
  } finally {
    result.elsewhere = source.elsewhere;
    result.full ||= source.full;
    result.behind = source.behind;
    result.unseen = unseen;
    result.sawEnd = source.isAtEnd && !worker.selection.isFull;
    if (!left) result.late += await source.close();
  }
}

function crewOf(
  { options }: Setting,
  worker: Omit<WorkerOptions, "aside" | "selection"> & { readonly selection: Selection },
) {
  const { source, stop, relay, selection } = worker;
  // While some send, as many receive, delete or wait for the disk; the gate keeps the sends to what was asked for.
  const crew = options.concurrency === 1 ? 1 : 2 * options.concurrency;
  return runCrew<RedriveHappening>(selection.workers(crew), async (tell, over) => {
    const aside = openAside();
    try {
      for await (const batch of selection.batches(source, over, stop))
        await redriveBatch(batch, { ...worker, aside: aside.add }, tell);
    } finally {
      if (relay.pending > 0)
        await tell({ kind: "waiting", count: relay.pending, ms: relay.watchMs, for: "relay" });
      await aside.end();
    }
  });
}

/** So many batches of one worker may wait for the end of their messages. */
const asideBatches = 50;

/** Work that goes on beside other work. The first error is thrown at the end. */
function openAside() {
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  return {
    async add(work: () => Promise<void>): Promise<void> {
      const one = work()
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => running.delete(one));
      running.add(one);
      if (running.size >= asideBatches) await Promise.race(running);
      if (failure) throw failure.error;
    },
    async end(): Promise<void> {
      await Promise.all(running);
      if (failure) throw failure.error;
    },
  };
}

/** Yields what comes until the signal; true when it was the signal that ended it. */
async function* orLeave<H>(run: AsyncGenerator<H, void>, signal: AbortSignal): AsyncGenerator<H, boolean> {
  for (;;) {
    const step = await unless(signal, run.next());
    if (step === undefined) return true;
    if (step.done) return false;
    yield step.value;
  }
}
