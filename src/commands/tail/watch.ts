import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { describeRule, listTargets } from "../../aws/rules.ts";
import { EvbError } from "../../core/errors.ts";
import { planFieldsWatch, planPatternWatch, type Watch } from "../../core/tail/choice.ts";
import { type DeployedRule, type DeployedTarget, planRuleWatches } from "../../core/tail/deployed.ts";
import type { FoundBus } from "../bus.ts";
import type { TailOptions } from "./command.ts";

/** What to watch: deployed rules as their targets see them, a pattern that was given, or the named fields. */
export async function chooseWatches(
  { rules, targets, sources, detailTypes }: TailOptions,
  pattern: string | undefined,
  bus: FoundBus,
  events: EventBridgeClient,
): Promise<readonly Watch[]> {
  if (rules.length === 0)
    return [pattern === undefined ? planFieldsWatch(sources, detailTypes) : planPatternWatch(pattern)];
  const names = [...new Set(rules)];
  const watches = planRuleWatches(
    await Promise.all(names.map((name) => findRule(events, bus, name))),
    targets,
  );
  // One alone needs no mark.
  return watches.length === 1 ? watches.map((watch) => ({ ...watch, mark: undefined })) : watches;
}

async function findRule(events: EventBridgeClient, bus: FoundBus, name: string): Promise<DeployedRule> {
  const [rule, targets] = await Promise.all([
    describeRule(events, bus.name, name),
    listTargets(events, bus.name, name),
  ]);
  if (rule === undefined || targets === undefined)
    throw new EvbError("NOT_FOUND", `rule ${name} does not exist on event bus ${bus.name}`, [
      `list them: aws events list-rules --event-bus-name ${bus.name}`,
    ]);
  const { EventPattern: pattern, State: state } = rule;
  return { name, bus: bus.name, pattern, state, targets: targets as DeployedTarget[] };
}
