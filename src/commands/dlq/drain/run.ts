import { Exit } from "../../../core/exit.ts";
import { compileFilters, hasFilters } from "../../../core/redrive/filter.ts";
import type { DeadLetter } from "../../../core/redrive/letter.ts";
import { commandLine } from "../../command-line.ts";
import type { Run } from "../../perform.ts";
import type { Stage } from "../../stage.ts";
import { confirmed, demandAnswer } from "../answer.ts";
import { runCrew, type Tell } from "../crew.ts";
import { deleteSurely, whyNot } from "../delete.ts";
import { openFilters } from "../filters.ts";
import { openSource } from "../open.ts";
import { describePlace, type OpenQueue } from "../queue.ts";
import { type Scanned, Selection } from "../selection.ts";
import type { Source } from "../source.ts";
import { wordsOf } from "../trouble.ts";
import type { DrainOptions } from "./command.ts";
import { drainedLine, openSink, type Sink } from "./sink.ts";

export type DrainHappening =
  | { readonly kind: "found"; readonly file: string; readonly count: number }
  /** For standard output. */
  | { readonly kind: "line"; readonly text: string }
  | {
      readonly kind: "message";
      readonly letter: DeadLetter;
      /** It was to be deleted and is still in the queue, because of this. */
      readonly undeleted: string | undefined;
      readonly done: number;
    }
  | { readonly kind: "cancelled" }
  | { readonly kind: "stopped"; readonly why: string }
  | ({ readonly kind: "end"; readonly queue: OpenQueue; readonly goOn: string | undefined } & DrainTally);

export interface DrainTally {
  count: number;
  undeleted: number;
  elsewhere: number;
  late: number;
  full: boolean;
  behind: number;
}

/** Writes messages to a file, and deletes each once it is on the disk. */
export const runDrain: Run<DrainOptions, DrainHappening> = async function* (options, stage) {
  if (!options.keep) demandAnswer(stage, "drain");
  const filters = await openFilters(stage.world, options.filters);
  const { queue, open } = await openSource(stage, options.queue);
  using signals = stage.world.signals();
  const sink = options.to === "-" ? undefined : await openSink(stage.world, options.to, queue);
  const tally: DrainTally = { count: 0, undeleted: 0, elsewhere: 0, late: 0, full: false, behind: 0 };
  let why: string | undefined;
  try {
    if (sink && sink.before > 0) yield { kind: "found", file: options.to, count: sink.before };
    const answer = options.keep || (await confirmed(stage, questionOf(options, queue)));
    if (!answer) {
      yield { kind: "cancelled" };
      return answer === undefined ? Exit.interrupted : Exit.done;
    }
    const source = open();
    const matches = compileFilters(filters);
    const about = { options, stage, queue, source, sink, tally, matches, filtered: hasFilters(filters) };
    try {
      yield* drainAll(about, signals.stop);
    } catch (error) {
      if (tally.count === 0) throw error;
      why = wordsOf(error);
    } finally {
      tally.elsewhere = source.elsewhere;
      tally.full = source.full;
      tally.behind = source.behind;
      tally.late = signals.stopNow.aborted ? source.abandon().held : await source.close();
    }
  } finally {
    await sink?.close();
  }
  if (why !== undefined) yield { kind: "stopped", why };
  const interrupted = signals.stop.aborted;
  const clean = why === undefined && tally.undeleted === 0 && !tally.full;
  const goOn = interrupted || !clean ? commandLine(stage.world.argv) : undefined;
  yield { kind: "end", queue, goOn, ...tally };
  if (interrupted) return signals.stop.reason.exit;
  return clean ? Exit.done : Exit.partly;
};

interface About {
  readonly options: DrainOptions;
  readonly stage: Stage;
  readonly queue: OpenQueue;
  readonly source: Source;
  readonly sink: Sink | undefined;
  readonly tally: DrainTally;
  readonly matches: (letter: DeadLetter) => boolean;
  readonly filtered: boolean;
}

/** Takes batch after batch; standard output has one reader, so it gets one worker. */
async function* drainAll(about: About, stop: AbortSignal): AsyncGenerator<DrainHappening, void> {
  const { options, source, sink, matches, filtered } = about;
  const max = options.filters.max ?? Number.POSITIVE_INFINITY;
  const selection = new Selection({ matches, filtered, max });
  if (sink === undefined) yield* drainToStdout(about, selection.batches(source, stop));
  else
    yield* runCrew<DrainHappening>(selection.workers(options.concurrency), async (tell, over) => {
      for await (const batch of selection.batches(source, over, stop)) {
        await sink.write(batch.map(({ message }) => message));
        await finish(batch, about, tell);
      }
    });
}

async function* drainToStdout(
  about: About,
  batches: AsyncIterable<readonly Scanned[]>,
): AsyncGenerator<DrainHappening, void> {
  for await (const batch of batches) {
    for (const { message } of batch) yield { kind: "line", text: drainedLine(message, about.queue) };
    const told: DrainHappening[] = [];
    await finish(batch, about, async (happening) => void told.push(happening));
    yield* told;
  }
}

async function finish(batch: readonly Scanned[], about: About, tell: Tell<DrainHappening>): Promise<void> {
  const { options, source, stage, tally } = about;
  const ids = batch.map(({ letter }) => letter.messageId);
  const results = options.keep ? [] : await deleteSurely(source, ids, stage.world.clock);
  for (const [index, { letter }] of batch.entries()) {
    const result = results[index];
    const undeleted = result && whyNot(result);
    tally.count++;
    if (undeleted !== undefined) tally.undeleted++;
    await tell({ kind: "message", letter, undeleted, done: tally.count });
  }
}

function questionOf({ to }: DrainOptions, queue: OpenQueue): string {
  const where = to === "-" ? "standard output" : to;
  const about = queue.depth === 1 ? "about 1 message" : `about ${queue.depth} messages`;
  return `write what passes the filters to ${where} and delete it from ${describePlace(queue)} (${about})?`;
}
