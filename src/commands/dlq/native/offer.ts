import { confirm } from "../../../shell/confirm.ts";
import type { RedriveHappening } from "../redrive/happening.ts";
import type { Setting } from "../redrive/setting.ts";
import { isFedByPolicy, notPlain } from "./demand.ts";
import { countSent } from "./sent.ts";

/**
 * A plain move back to the source is offered to SQS's own task: by a question at a terminal, by a hint elsewhere. True
 * when the person wants it so, undefined when the question was answered with Ctrl-C.
 */
export async function* offerNative(setting: Setting): AsyncGenerator<RedriveHappening, boolean | undefined> {
  const { options, stage, queue, connection } = setting;
  if (options.to.kind !== "source" || queue.depth === 0 || notPlain(options) !== undefined) return false;
  if ((await isFedByPolicy(connection, queue)) !== true || (await countSent(stage, queue)) > 0) return false;
  if (options.dryRun || stage.global.yes || !stage.mayAsk) {
    yield {
      kind: "hint",
      text: "every message goes back to where it came from: --native lets SQS do that itself, without a journal",
    };
    return false;
  }
  return await confirm(
    stage.world,
    "every message goes back to where it came from; let SQS move them itself (--native: no journal, no canary)?",
  );
}
