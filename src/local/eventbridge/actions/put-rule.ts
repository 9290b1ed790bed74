import type { PutRuleRequest, PutRuleResponse } from "@aws-sdk/client-eventbridge";
import { ruleArn } from "../../../core/arn.ts";
import { busLimits } from "../../../core/limits.ts";
import { type Pattern, limits as patternLimits } from "../../../core/pattern/index.ts";
import type { Wire } from "../../wire.ts";
import { invalid, overLimit } from "../faults.ts";
import type { Operation } from "../operation.ts";
import { readPattern } from "../pattern.ts";
import { hasWildcard } from "../rules.ts";
import { parseSchedule } from "../schedule/schedule.ts";
import type { Bus, Rule } from "../store.ts";
import { required, structure, text } from "../validation/shape.ts";
import { arn, busNameOrArn, description, eventPattern, ruleName, tags } from "../validation/shapes.ts";
import { demandUnmanaged } from "./rule.ts";
import { tagsOf } from "./tags.ts";

/** Creates a rule or replaces one: what is left out becomes empty, but targets and tags stay. */
export const putRule = {
  name: "PutRule",
  input: structure("PutRuleRequest", {
    Name: required(ruleName),
    ScheduleExpression: text({ max: busLimits.scheduleChars }),
    EventPattern: eventPattern,
    State: text({ values: ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] }),
    Description: description,
    RoleArn: arn,
    Tags: tags,
    EventBusName: busNameOrArn,
  }),
  run(context, input) {
    const bus = context.store.bus(input.EventBusName);
    const { schedule, pattern, compiled } = readTrigger(input, bus);
    const old = bus.rules.get(input.Name!);
    if (old !== undefined) demandUnmanaged(old);
    demandRoom(bus, input.Name!, compiled, context.options.rulesPerBus);
    const rule: Rule = {
      name: input.Name!,
      arn: ruleArn(context.site, bus.name, input.Name!),
      bus: bus.name,
      pattern,
      compiled,
      schedule,
      state: input.State ?? "ENABLED",
      description: input.Description,
      roleArn: input.RoleArn,
      managedBy: undefined,
      tags: old?.tags ?? tagsOf(input.Tags),
      targets: old?.targets ?? new Map(),
    };
    bus.rules.put(rule);
    context.schedules.plan(rule);
    return { RuleArn: rule.arn };
  },
} satisfies Operation<Wire<PutRuleRequest>, Wire<PutRuleResponse>>;

/** What sets the rule off; throws AWS's refusal of what cannot. */
function readTrigger(input: Wire<PutRuleRequest>, bus: Bus) {
  // Terraform and the console send an empty text for what is absent.
  const schedule = input.ScheduleExpression || undefined;
  const pattern = input.EventPattern || undefined;
  if (schedule === undefined && pattern === undefined)
    throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  if (schedule !== undefined && bus.name !== "default")
    throw invalid("ScheduleExpression is supported only on the default event bus.");
  if (schedule !== undefined && parseSchedule(schedule) === undefined)
    throw invalid("Parameter ScheduleExpression is not valid.");
  if ((pattern?.length ?? 0) > patternLimits.patternLength)
    throw invalid(
      `Parameter EventPattern for rule ${input.Name} exceeds limit of ${patternLimits.patternLength}.`,
    );
  const compiled = pattern === undefined ? undefined : readPattern(pattern);
  return { schedule, pattern, compiled };
}

/** Room for a rule among the others of its bus. */
function demandRoom(
  { rules }: Bus,
  name: string,
  pattern: Pattern | undefined,
  most = busLimits.rulesPerBus as number,
): void {
  if (rules.get(name) === undefined && rules.size >= most) throw overLimit();
  if (pattern === undefined || !hasWildcard(pattern)) return;
  if (rules.wildcardsBeside(name) >= busLimits.wildcardRulesPerBus) throw overLimit();
}
