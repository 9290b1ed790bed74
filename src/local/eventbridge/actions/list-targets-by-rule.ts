import type { ListTargetsByRuleRequest, ListTargetsByRuleResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { page } from "../page.ts";
import { required, structure } from "../validation/shape.ts";
import { busNameOrArn, nextToken, pageLimit, ruleName } from "../validation/shapes.ts";

export const listTargetsByRule = {
  name: "ListTargetsByRule",
  input: structure("ListTargetsByRuleRequest", {
    Rule: required(ruleName),
    EventBusName: busNameOrArn,
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run({ store }, input) {
    const rule = store.rule(store.bus(input.EventBusName), input.Rule!);
    const { items, next } = page(rule.targets.values(), ({ Id }) => Id!, input);
    return { Targets: items, NextToken: next };
  },
} satisfies Operation<Wire<ListTargetsByRuleRequest>, Wire<ListTargetsByRuleResponse>>;
