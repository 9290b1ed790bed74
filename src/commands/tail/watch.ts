import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { describeRule, listTargets } from "../../aws/rules.ts";
import { EvbError } from "../../core/errors.ts";
import { type DeployedTarget, planFieldsWatch, planRuleWatch, type Watch } from "../../core/tail/choice.ts";
import type { FoundBus } from "../bus.ts";
import type { TailOptions } from "./command.ts";

/** What to watch: a deployed rule as one of its targets sees it, a pattern that was given, or the named fields. */
export async function chooseWatch(
  options: TailOptions,
  pattern: string | undefined,
  bus: FoundBus,
  events: EventBridgeClient,
): Promise<Watch> {
  if (options.rule !== undefined) return watchRule(events, bus, options.rule, options.target);
  if (pattern !== undefined) return { pattern, input: {}, state: "ENABLED", notes: [] };
  return planFieldsWatch(options.sources, options.detailTypes);
}

async function watchRule(
  events: EventBridgeClient,
  bus: FoundBus,
  name: string,
  target: string | undefined,
): Promise<Watch> {
  const [rule, targets] = await Promise.all([
    describeRule(events, bus.name, name),
    listTargets(events, bus.name, name),
  ]);
  if (rule === undefined || targets === undefined)
    throw new EvbError("NOT_FOUND", `rule ${name} does not exist on event bus ${bus.name}`, [
      `list them: aws events list-rules --event-bus-name ${bus.name}`,
    ]);
  const deployed = { name, bus: bus.name, pattern: rule.EventPattern, state: rule.State };
  return planRuleWatch(deployed, targets as DeployedTarget[], target);
}
