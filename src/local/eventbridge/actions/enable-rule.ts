import type { EnableRuleRequest, RuleState } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Context, Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { busNameOrArn, ruleName } from "../validation/shapes.ts";
import { demandUnmanaged } from "./rule.ts";

export const enableRule = {
  name: "EnableRule",
  input: structure("EnableRuleRequest", { Name: required(ruleName), EventBusName: busNameOrArn }),
  run: (context, input) => setState(context, input, "ENABLED"),
} satisfies Operation<Wire<EnableRuleRequest>>;

/** Enables or disables. */
export function setState(
  { store, schedules }: Context,
  input: Wire<EnableRuleRequest>,
  state: RuleState,
): undefined {
  const rule = store.rule(store.bus(input.EventBusName), input.Name!);
  demandUnmanaged(rule);
  rule.state = state;
  schedules.plan(rule);
}
