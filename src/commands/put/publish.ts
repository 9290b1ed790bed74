import { setMaxListeners } from "node:events";
import { EvbError } from "../../core/errors.ts";
import type { Stop } from "../../shell/world.ts";
import { inOrder } from "../ordered.ts";
import type { Stage } from "../stage.ts";
import type { Ahead } from "./ahead.ts";
import { fillBatches, openPacer, type Piece } from "./batches.ts";
import { type BusCheck, openBusCheck } from "./check-bus.ts";
import type { PutOptions } from "./command.ts";
import { conclude } from "./ending.ts";
import { type Failed, openFailed } from "./failed.ts";
import type { PutHappening } from "./happening.ts";
import type { BadItem, GoodItem } from "./items.ts";
import type { Journal } from "./journal.ts";
import type { Made } from "./made.ts";
import { readRefusal } from "./refusal.ts";
import { type Outcome, type Sending, type Sent, sendBatch } from "./send.ts";
import { openRun, type Run } from "./tally.ts";

const progressMs = 100;

export interface StopSignals {
  readonly stop: AbortSignal;
  readonly stopNow: AbortSignal;
}

/** Sends what was read ahead and the rest of the input; tells what came of each event, in input order. */
export async function* publish(
  ahead: Ahead,
  options: PutOptions,
  stage: Stage,
  signals: StopSignals,
  kept?: { readonly journal: Journal; readonly made: Made },
): AsyncGenerator<PutHappening, number> {
  const { clock, random } = stage.world;
  const { maxAttempts, concurrency, rate } = options;
  const giveUp = new AbortController();
  const stop = AbortSignal.any([signals.stop, giveUp.signal]);
  // Each call in flight listens to both.
  setMaxListeners(0, stop, signals.stopNow);
  const { put, check } = await openCalls(options, stage, signals.stop);
  try {
    yield* checkBuses(ahead.buses, check);
  } catch (error) {
    if (signals.stop.aborted) return (signals.stop.reason as Stop).exit;
    throw error;
  }
  await using failed = await openFailed(options.failed, stage.world);
  await kept?.journal.begin(kept.made);
  const pacer = openPacer(clock, rate, stop);
  const sending = { put, clock, random, maxAttempts, pacer, stop, stopNow: signals.stopNow };
  const batches = fillBatches(ahead.items, { ...options, clock, pacer, stop });
  const work = (piece: Piece) => sendPiece(piece, check, sending, kept?.journal);
  const results = inOrder(batches, work, { concurrency, window: Math.max(64, concurrency * 4) });
  const run = openRun(clock.now(), kept?.journal);
  const total = ahead.ended ? ahead.seen : ahead.expected;
  let fatal: unknown;
  let shown = clock.now();
  let step = await results.next();
  try {
    for (; !step.done; step = await results.next()) {
      // What was in flight beside the call that failed has come to something too, and is told.
      const ending = yield* takeIn(step.value, run, failed);
      fatal ??= ending;
      if (fatal !== undefined || run.hopeless) giveUp.abort();
      if (clock.now() - shown < progressMs) continue;
      shown = clock.now();
      yield { kind: "progress", tally: run.tally(shown), total, isGuess: !ahead.ended };
    }
  } finally {
    giveUp.abort();
    // Comes to something only when the reader of the output has gone: what fails meanwhile is kept all the same.
    for (let left = await results.next(); !left.done; left = await results.next())
      for await (const _ of takeIn(left.value, run, failed));
  }
  const signal = signals.stop.aborted ? (signals.stop.reason as Stop) : undefined;
  const ending = {
    isScenario: ahead.isScenario,
    signal,
    fatal,
    broken: step.value,
    failedFile: options.failed,
    journal: options.journal,
  };
  return yield* conclude(run, ending, clock.now());
}

async function openCalls({ check, endpointId, maxAttempts }: PutOptions, stage: Stage, stop: AbortSignal) {
  const { clock, random } = stage.world;
  const connection = await stage.connect();
  // Tries are counted here, so the SDK must not make its own.
  const client = await connection.events({ maxAttempts: 1 });
  const { putEvents, putThroughEndpoint } = await import("../../aws/events.ts");
  const call = endpointId === undefined ? putEvents : putThroughEndpoint(endpointId);
  const put: Sending["put"] = (entries, signal) => call(client, entries, signal);
  const tries = { clock, random, maxAttempts, stop };
  return { put, check: check ? openBusCheck(client, connection.where, tries) : undefined };
}

async function* checkBuses(
  buses: Iterable<string>,
  check: BusCheck | undefined,
): AsyncGenerator<PutHappening> {
  for (const bus of buses) {
    const text = await check?.demand(bus);
    if (text) yield { kind: "warning", text };
  }
}

interface Done extends Sent {
  readonly warnings: readonly string[];
  readonly leftOut?: BadItem;
  /** Resolves once the journal has it: the next batch need not wait for the disk. */
  readonly written?: Promise<void> | undefined;
}

async function sendPiece(
  piece: Piece,
  check: BusCheck | undefined,
  sending: Sending,
  journal: Journal | undefined,
): Promise<Done> {
  if ("faults" in piece) return { outcomes: [], warnings: [], leftOut: piece };
  return sendChecked(piece, check, sending, journal);
}

/** Sends a batch once its buses are known to be there. */
async function sendChecked(
  items: readonly GoodItem[],
  check: BusCheck | undefined,
  sending: Sending,
  journal: Journal | undefined,
): Promise<Done> {
  const warnings: string[] = [];
  try {
    for (const bus of new Set(items.map(({ entry }) => entry.bus!))) await check?.demand(bus);
    await journal?.sending(items);
  } catch (fatal) {
    sending.pacer?.end(items.length);
    const reason = sending.stop.aborted ? "the run was stopped before" : wordsOf(fatal);
    return { outcomes: items.map((item) => unsent(item, reason)), fatal, warnings };
  }
  const sent = await sendBatch(items, sending);
  const written = journal?.settled(sent.outcomes);
  written?.catch(() => {});
  return { ...sent, warnings, written };
}

/** No call was made with it, while later ones may have been: it must not be passed over when the run goes on. */
const unsent = (item: GoodItem, message: string): Outcome => ({
  item,
  attempts: 0,
  status: item.isDoubtful ? "unknown" : "failed",
  code: "NotSent",
  message,
});

const wordsOf = (error: unknown): string =>
  error instanceof EvbError ? error.message : readRefusal(error).message;

/** Counts, keeps and tells what came of a batch; returns what makes going on pointless, if anything does. */
async function* takeIn(
  { outcomes, warnings, leftOut, written, fatal }: Done,
  run: Run,
  failed: Failed,
): AsyncGenerator<PutHappening, unknown> {
  for (const text of warnings) yield { kind: "warning", text };
  run.count(outcomes);
  let unwritten: unknown;
  try {
    await written;
    if (leftOut) await failed.keep(leftOut.text!);
    for (const { status, item } of outcomes) if (status !== "published") await failed.write(item.entry);
  } catch (error) {
    // The journal or what failed can be kept no longer; what has been sent is told all the same.
    unwritten = error;
  }
  if (leftOut) {
    run.leaveOut(leftOut);
    yield { kind: "left-out", item: leftOut };
  }
  if (outcomes.length > 0) yield { kind: "sent", outcomes };
  return fatal ?? unwritten;
}
