import type {
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse,
} from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import type { Rule } from "../store.ts";
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
      (after) => withTarget(rules.named("", after), input.TargetArn!),
      ({ name }) => name,
      input,
    );
    return { RuleNames: items.map(({ name }) => name), NextToken: next };
  },
} satisfies Operation<Wire<ListRuleNamesByTargetRequest>, Wire<ListRuleNamesByTargetResponse>>;

function* withTarget(rules: Iterable<Rule>, arn: string): Iterable<Rule> {
  for (const rule of rules)
    for (const { Arn } of rule.targets.values())
      if (Arn === arn) {
        yield rule;
        break;
      }
}
