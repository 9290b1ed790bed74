import { Exit } from "../../../core/exit.ts";
import { Pace } from "../../../core/pace.ts";
import { compileFilters } from "../../../core/redrive/filter.ts";
import { Gate } from "../../../core/redrive/gate.ts";
import { commandLine } from "../../command-line.ts";
import type { Run } from "../../perform.ts";
import type { Stage } from "../../stage.ts";
import { confirmed, demandAnswer } from "../answer.ts";
import { openFilters } from "../filters.ts";
import { journalPath, openJournal, readJournal } from "../journal.ts";
import { defaultConcurrency } from "../open.ts";
import { describePlace, type OpenQueue, openQueue } from "../queue.ts";
import { wordsOf } from "../trouble.ts";
import { type Chosen, choose } from "./choose.ts";
import type { RestoreOptions } from "./command.ts";
import type { RestoreHappening, RestoreTally } from "./happening.ts";
import { sendChosen } from "./send.ts";
import { openStored, type Stored } from "./stored.ts";

/** Sends stored messages to a queue, remembering each that has arrived. */
export const runRestore: Run<RestoreOptions, RestoreHappening> = async function* (options, stage) {
  if (!options.dryRun) demandAnswer(stage, "restore");
  const { world } = stage;
  const matches = compileFilters(await openFilters(world, options.filters));
  const stored = await openStored(world, options.file);
  const connection = await stage.connect();
  const queue = await openQueue(connection, options.to, "--to");
  const path = options.journal ?? journalPath(world, "restore", queue);
  using signals = world.signals();
  yield* leftOut(stored, options.file);
  const max = options.filters.max ?? Number.POSITIVE_INFINITY;
  const tally: RestoreTally = { restored: 0, planned: 0, skipped: 0, failed: 0, doubled: 0 };
  const owner = { verb: "restore", queue } as const;
  const before = await readJournal(world, path, owner);
  const chosen = (state = before) => choose(stored.messages(), matches, max, state, options.inDoubt);
  if (options.dryRun || !stage.global.yes) {
    yield* plan(chosen(), tally, options.dryRun);
    if (options.dryRun) {
      yield { kind: "end", queue, tally, goOn: undefined, interrupted: false };
      return Exit.done;
    }
    const answer = tally.planned === 0 || (await ask(stage, tally.planned, queue));
    if (!answer) {
      yield { kind: "cancelled" };
      return answer === undefined ? Exit.interrupted : Exit.done;
    }
    Object.assign(tally, { planned: 0, skipped: 0 });
  }
  let why: string | undefined;
  const journal = await openJournal(world, path, owner);
  try {
    yield { kind: "began", journal: journal.path };
    await journal.begin(options.file);
    const pace = options.rate === undefined ? undefined : new Pace(options.rate);
    // While the question waited, another restore may have come and gone.
    yield* sendChosen(chosen(journal.state), {
      connection,
      clock: world.clock,
      random: world.random,
      gate: new Gate(defaultConcurrency),
      journal,
      queue,
      pace,
      tally,
      stop: signals.stop,
    });
  } catch (error) {
    if (tally.restored + tally.failed === 0) throw error;
    why = wordsOf(error);
  } finally {
    await journal.end();
    await journal.close();
  }
  if (why !== undefined) yield { kind: "stopped", why };
  const interrupted = signals.stop.aborted;
  const more = interrupted || why !== undefined || tally.failed > 0;
  yield { kind: "end", queue, tally, goOn: more ? commandLine(world.argv) : undefined, interrupted };
  if (interrupted) return signals.stop.reason.exit;
  return more ? Exit.partly : Exit.done;
};

function* leftOut({ torn, unsure }: Stored, file: string): Generator<RestoreHappening, void> {
  if (torn > 0)
    yield {
      kind: "warning",
      text: `${torn} torn ${torn === 1 ? "line" : "lines"} of ${file} left out: such a message was never deleted`,
    };
  if (unsure > 0)
    yield {
      kind: "warning",
      text: `${unsure} ${unsure === 1 ? "message" : "messages"} of ${file} left out: delivered, and a crash came before the journal could say whether the queue still has them; the redrive, run again, finds out`,
    };
}

async function* plan(
  chosen: AsyncIterable<Chosen>,
  tally: RestoreTally,
  told: boolean,
): AsyncGenerator<RestoreHappening, void> {
  for await (const { letter, skip, before } of chosen) {
    const status = skip === undefined ? "planned" : "skipped";
    tally[status]++;
    if (told) yield { kind: "message", letter, status, reason: skip, doubt: before !== undefined, tally };
  }
}

const ask = (stage: Stage, count: number, queue: OpenQueue) =>
  confirmed(stage, `send ${count} ${count === 1 ? "message" : "messages"} to ${describePlace(queue)}?`);
