import { Exit, type ExitCode } from "../../../core/exit.ts";
import { Pace } from "../../../core/pace.ts";
import { renderDestination } from "../../../core/redrive/destination.ts";
import { fingerprint } from "../../../core/redrive/fingerprint.ts";
import { Gate } from "../../../core/redrive/gate.ts";
import type { DeadLetter } from "../../../core/redrive/letter.ts";
import { makeRedriveName } from "../../../core/tail/name.ts";
import type { Signals } from "../../../shell/world.ts";
import { awsFault } from "../../aws-fault.ts";
import { commandLine } from "../../command-line.ts";
import { ownerOf } from "../../temporary.ts";
import { type Journal, openJournal } from "../journal.ts";
import { Relay } from "../relay/relay.ts";
import { scan } from "../scan.ts";
import { Selection } from "../selection.ts";
import { wordsOf } from "../trouble.ts";
import { Breaker } from "./breaker.ts";
import { emptyTally, type RedriveHappening, type Tally } from "./happening.ts";
import { LeftAtOnce, type PassResult, pass } from "./pass.ts";
import type { Setting } from "./setting.ts";

/** Redrives for real. Whatever ends it, what was not sent is given back and the journal says how far it came. */
export async function* carryOut(
  setting: Setting,
  signals: Signals,
): AsyncGenerator<RedriveHappening, ExitCode> {
  const { options, stage, queue } = setting;
  const journal = await openJournal(stage.world, setting.journalPath, { verb: "redrive", queue });
  const tally = emptyTally(stage.world.clock.now());
  const result: PassResult = { elsewhere: 0, late: 0, full: false, behind: 0, unseen: 0, sawEnd: false };
  const relay = await openRelay(setting);
  let why: string | undefined;
  try {
    await journal.begin(renderDestination(options.to));
    yield { kind: "began", queue, journal: journal.path };
    why = yield* stages(setting, signals, journal, tally, result, relay);
  } catch (error) {
    if (error instanceof LeftAtOnce) {
      relay.abandon();
      const parts = relay.isBegun ? relay.name : undefined;
      yield { kind: "left", ...error.abandoned, parts, goOn: commandLine(stage.world.argv) };
      return signals.stopNow.reason.exit;
    }
    // Nothing has moved: an ordinary error. Otherwise the summary must still be told.
    if (tally.redriven + tally.failed === 0) throw error;
    why = wordsOf(error);
  } finally {
    // What a crash may have left invisible, and nobody has looked for to the end, the next run must look for.
    const isSettled = result.unseen === 0 && (result.sawEnd || journal.cutOffAt === undefined);
    if (result.late === 0 && !signals.stopNow.aborted) await journal.end(isSettled);
    await journal.close();
    if (!signals.stopNow.aborted) result.remnants = await relay.close();
  }
  for (const { part, error } of result.remnants ?? [])
    yield { kind: "remnant", part, name: relay.name, why: (awsFault(error) ?? (error as Error)).message };
  if (why !== undefined) yield { kind: "stopped", why };
  const interrupted = signals.stop.aborted;
  const undone = tally.failed + tally.undeleted + result.unseen;
  const clean = why === undefined && undone + tally.skipped === 0 && !result.full;

  // What was skipped would be skipped again.
  const more = interrupted || why !== undefined || undone > 0 || result.full;
  const goOn = more ? commandLine(stage.world.argv) : undefined;
  yield { kind: "end", queue, tally, journal: journal.path, ...result, goOn, interrupted };
  if (interrupted) return signals.stop.reason.exit;
  return clean ? Exit.done : Exit.partly;
}

/** Nothing is made before the first message needs it. */
async function openRelay({ connection, stage, options }: Setting): Promise<Relay> {
  const { clock, random } = stage.world;
  return new Relay({
    name: makeRedriveName(clock.now(), random),
    owner: ownerOf(stage.world),
    clients: { events: await connection.events(), sqs: await connection.sqs() },
    clock,
    local: connection.local,
    watchMs: options.watchMs,
  });
}

/** A few first and a look whether they come back, where that is wanted; then the rest. Returns why it stopped early. */
async function* stages(
  setting: Setting,
  signals: Signals,
  journal: Journal,
  tally: Tally,
  result: PassResult,
  relay: Relay,
): AsyncGenerator<RedriveHappening, string | undefined> {
  const { options, stage, max } = setting;
  const { canary } = options;
  const { clock, random } = stage.world;
  const breaker = new Breaker();
  const stop = AbortSignal.any([signals.stop, breaker.stopped]);
  const pace = options.rate === undefined ? undefined : new Pace(options.rate);
  const { connection, queue } = setting;
  const judge = setting.judgeBy(journal.state);
  const gate = new Gate(options.concurrency);
  const { matches, filtered } = setting;
  const selection = new Selection({ matches, filtered, max, first: canary });
  const worker = {
    connection,
    relay,
    clock,
    random,
    gate,
    journal,
    pace,
    breaker,
    stop,
    fifo: queue.fifo,
    tally,
    judge,
    selection,
  };
  const go = async function* () {
    try {
      yield* pass(setting, worker, result, signals.stopNow);
    } finally {
      tally.throttled = gate.throttled;
    }
  };
  if (canary !== undefined) {
    const began = clock.now();
    yield* go();
    if (tally.failed > 0) return breaker.why ?? "the canary could not be sent";
    // Nothing that may be sent is there.
    if (stop.aborted || tally.redriven === 0) return breaker.why;
    yield { kind: "waiting", count: tally.redriven, ms: options.waitMs, for: "canary" };
    await clock.sleep(options.waitMs, stop);
    if (stop.aborted) return undefined;
    const back = await findBack(setting, journal, began);
    yield { kind: "canary", sent: tally.redriven, back };
    if (back.length > 0) return `${back.length} of ${tally.redriven} messages sent first came back`;
    selection.goOn();
  }
  yield* go();
  return breaker.why;
}

/** Dead letters that this run has sent and that have failed again. */
async function findBack(setting: Setting, { state }: Journal, began: number): Promise<DeadLetter[]> {
  const source = setting.openSource();
  const back: DeadLetter[] = [];
  try {
    const matches = (letter: DeadLetter) => state.hasComeBack(fingerprint(letter), letter.sentAt, began);
    const { concurrency } = setting.options;
    for await (const { letter } of scan(source, {
      matches,
      filtered: true,
      max: Number.POSITIVE_INFINITY,
      concurrency,
    }))
      back.push(letter);
  } finally {
    await source.close();
  }
  return back;
}
