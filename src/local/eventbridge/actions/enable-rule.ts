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
  const bus = store.bus(input.EventBusName);
  const rule = store.rule(bus, input.Name!);
  demandUnmanaged(rule);
  rule.state = state;
  bus.rules.put(rule);
  schedules.plan(rule);
}
