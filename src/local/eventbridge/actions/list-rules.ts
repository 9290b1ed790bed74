import type { ListRulesRequest, ListRulesResponse } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { pageOf } from "../page.ts";
import { structure } from "../validation/shape.ts";
import { busNameOrArn, nextToken, pageLimit, ruleName } from "../validation/shapes.ts";
import { describedRule } from "./rule.ts";

export const listRules = {
  name: "ListRules",
  input: structure("ListRulesRequest", {
    NamePrefix: ruleName,
    EventBusName: busNameOrArn,
    NextToken: nextToken,
    Limit: pageLimit,
  }),
  run({ store }, input) {
    const { rules } = store.bus(input.EventBusName);
    const { items, next } = pageOf(
      (after) => rules.named(input.NamePrefix ?? "", after),
      ({ name }) => name,
      input,
    );
    return { Rules: items.map(describedRule), NextToken: next };
  },
} satisfies Operation<Wire<ListRulesRequest>, Wire<ListRulesResponse>>;
