import {
  type InputFacts,
  type TargetInput,
  type Transformed,
  transformInput,
} from "../core/transform/index.ts";

/**
 * What a target with this `Input`, `InputPath` or `InputTransformer` is sent of an event, or why EventBridge would send
 * nothing. `event` is the envelope, as text (numbers then keep the form that they are written in) or as an object.
 * `facts` stand for the variables that begin with `aws.`, as EventBridge fills them in; those not given are empty.
 */
export function transform(
  target: TargetInput,
  event: string | object,
  facts: Partial<InputFacts> = {},
): Transformed {
  const text = typeof event === "string" ? event : JSON.stringify(event);
  return transformInput(target, text, { ruleArn: "", ruleName: "", ingestionTime: "", ...facts });
}
