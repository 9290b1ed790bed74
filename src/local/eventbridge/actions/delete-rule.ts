import type { DeleteRuleRequest } from "@aws-sdk/client-eventbridge";
import type { Wire } from "../../wire.ts";
import { invalid } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { required, structure } from "../validation/shape.ts";
import { busNameOrArn, force, ruleName } from "../validation/shapes.ts";
import { demandUnmanaged } from "./rule.ts";

/** Deleting what is not there succeeds. */
export const deleteRule = {
  name: "DeleteRule",
  input: structure("DeleteRuleRequest", {
    Name: required(ruleName),
    EventBusName: busNameOrArn,
    Force: force,
  }),
  run({ store, schedules }, { Name, EventBusName, Force }) {
    const bus = store.bus(EventBusName);
    const rule = bus.rules.get(Name!);
    if (rule === undefined) return undefined;
    demandUnmanaged(rule, Force);
    if (rule.targets.size > 0) throw invalid("Rule can't be deleted since it has targets.");
    bus.rules.delete(rule.name);
    schedules.drop(rule);
    return undefined;
  },
} satisfies Operation<Wire<DeleteRuleRequest>>;
