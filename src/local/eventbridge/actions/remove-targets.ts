import type { RemoveTargetsRequest, RemoveTargetsResponse } from "@aws-sdk/client-eventbridge";
import { busLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import type { Operation } from "../operation.ts";
import { list, required, structure } from "../validation/shape.ts";
import { busNameOrArn, force, ruleName, targetId } from "../validation/shapes.ts";
import { demandUnmanaged } from "./rule.ts";

/** An id that no target has is no failure. */
export const removeTargets = {
  name: "RemoveTargets",
  input: structure("RemoveTargetsRequest", {
    Rule: required(ruleName),
    EventBusName: busNameOrArn,
    Ids: required(list(targetId, { min: 1, max: busLimits.targetsPerCall })),
    Force: force,
  }),
  run({ store }, { Rule, EventBusName, Ids, Force }) {
    const bus = store.bus(EventBusName);
    const rule = store.rule(bus, Rule!);
    demandUnmanaged(rule, Force);
    for (const id of Ids!) rule.targets.delete(id);
    bus.rules.touch(rule);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
} satisfies Operation<Wire<RemoveTargetsRequest>, Wire<RemoveTargetsResponse>>;
