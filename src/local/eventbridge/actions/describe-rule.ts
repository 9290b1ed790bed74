import type { DescribeRuleRequest, DescribeRuleResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { busNameOrArn, ruleName } from "../validation/shapes.ts";
import { describedRule } from "./rule.ts";

export const describeRule = {
  name: "DescribeRule",
  input: structure("DescribeRuleRequest", { Name: required(ruleName), EventBusName: busNameOrArn }),
  run({ store, site }, { Name, EventBusName }) {
    const rule = store.rule(store.bus(EventBusName), Name!);
    return { ...describedRule(rule), CreatedBy: site.account };
  },
} satisfies Operation<Wire<DescribeRuleRequest>, Wire<DescribeRuleResponse>>;
