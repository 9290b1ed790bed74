import { completeEvent } from "../../core/event/complete.ts";
import { explainInput, type Transformed, transformInput } from "../../core/transform/index.ts";
import type { World } from "../../shell/world.ts";
import { arrivalAt } from "../arrival.ts";
import { givenRule } from "./given.ts";

/** An event that the template is tried on. */
export interface Sample {
  readonly name: string;
  readonly text: string;
}

/** An input transformer in the making. */
export interface Draft {
  /** Names and paths, in the order in which they were picked. */
  readonly paths: ReadonlyMap<string, string>;
  readonly template: string | undefined;
}

/** What comes of a draft that has a template. */
export interface Preview {
  /** Why PutTargets would refuse it, if it would. */
  readonly refusal: string | undefined;
  readonly results: readonly { readonly name: string; readonly result: Transformed }[];
}

/** As PutTargets takes it. */
export const transformerOf = ({ paths, template = "" }: Draft) => ({
  ...(paths.size > 0 && { InputPathsMap: Object.fromEntries(paths) }),
  InputTemplate: template,
});

export function previewOf(draft: Draft, samples: readonly Sample[], world: World): Preview {
  const target = { Id: "target", InputTransformer: transformerOf(draft) };
  const refusal = explainInput(target);
  if (refusal !== undefined) return { refusal, results: [] };
  const { busArn, ruleArn, ruleName } = givenRule;
  const arrival = arrivalAt(busArn, world.clock);
  const facts = { ruleArn, ruleName, ingestionTime: arrival.time };
  return {
    refusal,
    results: samples.map(({ name, text }) => ({
      name,
      result: transformInput(target, completeEvent(text, arrival), facts),
    })),
  };
}
