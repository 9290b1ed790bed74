import { startReplay } from "../../aws/replays.ts";
import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import { confirm } from "../../shell/confirm.ts";
import type { Stage } from "../stage.ts";
import type { StartOptions } from "./command.ts";
import { followReplay } from "./follow.ts";
import type { ReplayHappening, ReplayPlan } from "./happening.ts";
import { openPlan } from "./plan.ts";

/** Plans, asks, starts, and follows. */
export async function* runStart(
  options: StartOptions,
  stage: Stage,
): AsyncGenerator<ReplayHappening, number> {
  const { world } = stage;
  const connection = await stage.connect();
  const opened = await openPlan(options, connection, world.clock.now());
  const { plan, archive, bus, chosen } = opened;
  if (options.dryRun || stage.mayAsk || stage.global.yes) yield { kind: "plan", ...plan };
  if (options.dryRun) return Exit.done;
  const answer = await answered(stage, questionOf(plan));
  if (answer !== true) {
    yield { kind: "declined" };
    return answer === undefined ? Exit.interrupted : Exit.done;
  }
  if (plan.paced !== undefined) {
    const { runPaced } = await import("./paced/run.ts");
    return yield* runPaced({ ...opened, options, connection }, stage);
  }
  using signals = world.signals();
  const events = await connection.events();
  await startReplay(events, {
    ReplayName: plan.name,
    ...(options.description !== undefined && { Description: options.description }),
    EventSourceArn: archive.ArchiveArn!,
    EventStartTime: new Date(plan.from),
    EventEndTime: new Date(plan.to),
    Destination: { Arn: bus.arn, ...(chosen.length > 0 && { FilterArns: [...chosen] }) },
  });
  yield { kind: "started", name: plan.name };
  if (options.detach) return Exit.done;
  const { where, local } = connection;
  const { cancelOnInterrupt } = options;
  return yield* followReplay({ events, where, local, name: plan.name, signals, cancelOnInterrupt }, stage);
}

function questionOf({ firings, archive, paced }: ReplayPlan): string {
  const count = firings.filter(({ never }) => never === undefined).length;
  const rules = `${count} ${count === 1 ? "rule" : "rules"}`;
  return paced === undefined
    ? `replay to ${rules} of bus ${archive.bus}?`
    : `put the events again, ${paced.speed}x as fast as they came, for ${rules} of bus ${paced.to}?`;
}

async function answered(stage: Stage, question: string): Promise<boolean | undefined> {
  if (stage.global.yes) return true;
  if (stage.mayAsk) return confirm(stage.world, question);
  throw new EvbError("NEEDS_ANSWER", "replay start asks before it begins, and nobody is there to answer", [
    "--yes answers the question, --dry-run says which rules would fire",
  ]);
}
