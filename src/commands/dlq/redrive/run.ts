import { EvbError } from "../../../core/errors.ts";
import { Exit, type ExitCode } from "../../../core/exit.ts";
import type { Signals } from "../../../shell/world.ts";
import type { Run } from "../../perform.ts";
import { confirmed, demandAnswer } from "../answer.ts";
import { readJournal } from "../journal.ts";
import { demandPlain } from "../native/demand.ts";
import { offerNative } from "../native/offer.ts";
import { moveNatively } from "../native/run.ts";
import { carryOut } from "./carry-out.ts";
import type { RedriveOptions } from "./command.ts";
import { emptyTally, type Fate, type RedriveHappening, type Tally } from "./happening.ts";
import { planRedrive } from "./plan.ts";
import { openSetting, questionOf, type Setting, warningsOf } from "./setting.ts";

/** Shows the plan, asks, and carries it out. */
export const runRedrive: Run<RedriveOptions, RedriveHappening> = async function* (options, stage) {
  if (options.native) demandPlain(options);
  if (!options.dryRun) demandAnswer(stage, "redrive");
  using signals = stage.world.signals();
  if (options.native) return yield* moveNatively(options, stage, signals);
  const setting = await openSetting(options, stage);
  for (const text of warningsOf(setting)) yield { kind: "warning", text };
  const offer = yield* offerNative(setting);
  if (offer === undefined) return Exit.interrupted;
  if (offer) return yield* moveNatively(options, stage, signals, true);
  if (options.dryRun || !stage.global.yes || options.transform !== undefined) {
    const { tally, unchangeable, full } = yield* showPlan(setting, signals);
    if (signals.stop.aborted) return exitOf(signals);
    if (unchangeable.count > 0) throw notChanged(options, unchangeable);
    if (options.dryRun) return full ? Exit.partly : Exit.done;
    if (tally.planned === 0) return tally.skipped > 0 ? Exit.partly : Exit.done;
    const answer = await confirmed(stage, questionOf(setting, tally.planned));
    if (answer !== true) {
      yield { kind: "cancelled" };
      return answer === undefined ? Exit.interrupted : Exit.done;
    }
  }
  return yield* carryOut(setting, signals);
};

/** What a plan has come to; `full`: it is not of the whole queue. */
interface Planned {
  readonly tally: Tally;
  readonly unchangeable: Unchangeable;
  readonly full: boolean;
}

/** Messages of which the transform makes no valid event. */
interface Unchangeable {
  count: number;
  first: string;
}

async function* showPlan(setting: Setting, signals: Signals): AsyncGenerator<RedriveHappening, Planned> {
  const { options, stage, queue, matches, max } = setting;
  const tally = emptyTally(stage.world.clock.now());
  const unchangeable: Unchangeable = { count: 0, first: "" };
  // With --yes nobody reads the plan: it is made only to see that every event can be changed.
  const told = options.dryRun || !stage.global.yes;
  const judge = setting.judgeBy(
    await readJournal(stage.world, setting.journalPath, { verb: "redrive", queue }),
  );
  const source = setting.openSource();
  let late = 0;
  try {
    const scanning = {
      matches,
      filtered: setting.filtered,
      max,
      concurrency: options.concurrency,
      stop: signals.stop,
    };
    for await (const happening of planRedrive(source, scanning, judge, tally, stage.world.clock)) {
      if (happening.kind === "message" && isUnchangeable(happening.fate) && unchangeable.count++ === 0)
        unchangeable.first = `message ${happening.letter.messageId}: ${happening.fate.reason}`;
      if (told) yield happening;
    }
  } finally {
    late = await source.close();
  }
  const { elsewhere, full, behind } = source;
  if (told) yield { kind: "plan", queue, to: options.to, tally, unseen: { elsewhere, late, full, behind } };
  return { tally, unchangeable, full };
}

const isUnchangeable = (fate: Fate): fate is Extract<Fate, { status: "skipped" }> =>
  fate.status === "skipped" && fate.unchangeable === true;

const notChanged = ({ transform }: RedriveOptions, { count, first }: Unchangeable): EvbError =>
  new EvbError(
    "BAD_TEMPLATE",
    `${transform} cannot change ${count} ${count === 1 ? "message" : "messages"}, and nothing was sent; ${first}`,
    ["mend the template", "or leave such messages out with a filter, such as --source or --message-id"],
  );

const exitOf = (signals: Signals): ExitCode => signals.stop.reason.exit;
