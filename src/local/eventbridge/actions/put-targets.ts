import type { PutTargetsRequest, PutTargetsResponse, Target } from "@aws-sdk/client-eventbridge";
import { busLimits } from "../../../core/limits.ts";
import type { Wire } from "../../wire.ts";
import { invalid, overLimit } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { list, required, structure } from "../validation/shape.ts";
import { busNameOrArn, ruleName, target } from "../validation/shapes.ts";
import { demandUnmanaged } from "./rule.ts";
import { demandTarget } from "./target.ts";

/** Adds targets, or replaces those with the same id. All are checked before one is kept. */
export const putTargets = {
  name: "PutTargets",
  input: structure("PutTargetsRequest", {
    Rule: required(ruleName),
    EventBusName: busNameOrArn,
    Targets: required(list(target, { min: 1, max: busLimits.targetsPerCall })),
  }),
  run(context, { Rule, EventBusName, Targets }) {
    const bus = context.store.bus(EventBusName);
    const rule = context.store.rule(bus, Rule!);
    demandUnmanaged(rule);
    const targets = Targets as Wire<Target>[];
    demandDistinct(targets);
    for (const target of targets) demandTarget(context, target);
    const ids = new Set([...rule.targets.keys(), ...targets.map(({ Id }) => Id!)]);
    if (ids.size > busLimits.targetsPerRule) throw overLimit();
    for (const target of targets) rule.targets.set(target.Id!, target);
    bus.rules.touch(rule);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
} satisfies Operation<Wire<PutTargetsRequest>, Wire<PutTargetsResponse>>;

function demandDistinct(targets: readonly Wire<Target>[]): void {
  const ids = targets.map(({ Id }) => Id!);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined)
    throw invalid(
      `Parameter targets is not valid. Reason: More than one target with Id '${twice}' is provided.`,
    );
}
