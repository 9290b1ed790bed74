import type {
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { required, structure } from "../validation/shape.ts";
import { arn, busNameOrArn, nextToken, pageLimit } from "../validation/shapes.ts";

export const listRuleNamesByTarget = {
  name: "ListRuleNamesByTarget",
  input: structure("ListRuleNamesByTargetRequest", {
    TargetArn: required(arn),
    EventBusName: busNameOrArn,
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run({ store }, input) {
    const { rules } = store.bus(input.EventBusName);
    const { items, next } = pageOf(
      (after) => rules.namesByTarget(input.TargetArn!, after),
      (name) => name,
      input,
    );
    return { RuleNames: items, NextToken: next };
  },
} satisfies Operation<Wire<ListRuleNamesByTargetRequest>, Wire<ListRuleNamesByTargetResponse>>;
