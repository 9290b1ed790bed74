import type { DisableRuleRequest } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { busNameOrArn, ruleName } from "../validation/shapes.ts";
import { setState } from "./enable-rule.ts";

export const disableRule = {
  name: "DisableRule",
  input: structure("DisableRuleRequest", { Name: required(ruleName), EventBusName: busNameOrArn }),
  run: (context, input) => setState(context, input, "DISABLED"),
} satisfies Operation<Wire<DisableRuleRequest>>;
