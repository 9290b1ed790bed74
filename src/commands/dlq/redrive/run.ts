import { Exit, type ExitCode } from "../../../core/exit.ts";
import type { Signals } from "../../../shell/world.ts";
import type { Run } from "../../perform.ts";
import { confirmed, demandAnswer } from "../answer.ts";
import { readJournal } from "../journal.ts";
import { carryOut } from "./carry-out.ts";
import type { RedriveOptions } from "./command.ts";
import { emptyTally, type RedriveHappening, type Tally } from "./happening.ts";
import { planRedrive } from "./plan.ts";
import { openSetting, questionOf, type Setting, warningsOf } from "./setting.ts";

/** Shows the plan, asks, and carries it out. */
export const runRedrive: Run<RedriveOptions, RedriveHappening> = async function* (options, stage) {
  if (!options.dryRun) demandAnswer(stage, "redrive");
  const setting = await openSetting(options, stage);
  using signals = stage.world.signals();
  for (const text of warningsOf(setting)) yield { kind: "warning", text };
  if (options.dryRun || !stage.global.yes) {
    const tally = yield* showPlan(setting, signals);
    if (signals.stop.aborted) return exitOf(signals);
    if (options.dryRun) return Exit.done;
    if (tally.planned === 0) return tally.skipped > 0 ? Exit.partly : Exit.done;
    const answer = await confirmed(stage, questionOf(setting, tally.planned));
    if (answer !== true) {
      yield { kind: "cancelled" };
      return answer === undefined ? Exit.interrupted : Exit.done;
    }
  }
  return yield* carryOut(setting, signals);
};

async function* showPlan(setting: Setting, signals: Signals): AsyncGenerator<RedriveHappening, Tally> {
  const { options, stage, queue, matches, max } = setting;
  const tally = emptyTally(stage.world.clock.now());
  const judge = setting.judgeBy(await readJournal(stage.world, setting.journalPath));
  const source = setting.openSource();
  try {
    const scanning = {
      matches,
      filtered: setting.filtered,
      max,
      concurrency: options.concurrency,
      stop: signals.stop,
    };
    yield* planRedrive(source, scanning, judge, tally, stage.world.clock);
  } finally {
    await source.close();
  }
  yield { kind: "plan", queue, to: options.to, tally };
  return tally;
}

const exitOf = (signals: Signals): ExitCode => signals.stop.reason.exit;
