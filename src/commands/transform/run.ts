import { EvbError } from "../../core/errors.ts";
import { completeEvent } from "../../core/event/complete.ts";
import { Exit } from "../../core/exit.ts";
import {
  explainInput,
  type TargetInput,
  type Transformed,
  transformInput,
} from "../../core/transform/index.ts";
import { arrivalAt } from "../arrival.ts";
import { readEvents } from "../event-input.ts";
import type { Stage } from "../stage.ts";
import type { TransformOptions } from "./command.ts";
import type { Preview } from "./draft.ts";
import { openGivenTarget } from "./given.ts";
import { openRuleTarget } from "./rule-target.ts";

export type TransformHappening =
  | { readonly kind: "warning"; readonly text: string }
  | { readonly kind: "broken"; readonly place: string; readonly reason: string }
  | { readonly kind: "input"; readonly index: number; readonly target: string; readonly result: Transformed }
  /** While a template is made by questions. */
  | { readonly kind: "preview"; readonly preview: Preview }
  | { readonly kind: "made"; readonly transformer: object; readonly same: string };

/** A target's input, and the rule that it hangs on, as far as there is one. */
export interface ChosenTarget {
  readonly target: TargetInput & { readonly Id: string };
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly busArn: string;
  readonly warnings: readonly string[];
}

export async function* runTransform(
  options: TransformOptions,
  stage: Stage,
): AsyncGenerator<TransformHappening, number> {
  const { world } = stage;
  if (options.interactive) return yield* (await import("./ask.ts")).makeByAsking(options, stage);
  const chosen =
    options.rule === undefined ? await openGivenTarget(options, world) : await openRuleTarget(options, stage);
  const { target, ruleArn, ruleName, busArn, warnings } = chosen;
  for (const text of warnings) yield { kind: "warning", text };
  demandValid(target);
  const arrival = arrivalAt(busArn, world.clock);
  let exit: number = Exit.done;
  for await (const event of readEvents(world, options.events)) {
    if (!event.ok) {
      exit = Exit.badInput;
      yield { kind: "broken", place: event.place, reason: event.reason };
      continue;
    }
    const facts = { ruleArn, ruleName, ingestionTime: arrival.time };
    const result = transformInput(target, completeEvent(event.text, arrival), facts);
    if (!result.ok && exit === Exit.done) exit = Exit.negative;
    yield { kind: "input", index: event.index, target: target.Id, result };
  }
  return exit;
}

/** AWS refuses such a target when it is put. */
function demandValid(target: TargetInput): void {
  const refusal = explainInput(target);
  if (refusal !== undefined)
    throw new EvbError("BAD_USAGE", `AWS would refuse the target: ${refusal}`, [
      "evb transform --help shows the forms",
    ]);
}
