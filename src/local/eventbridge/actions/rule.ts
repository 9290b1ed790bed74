import type { DescribeRuleResponse } from "@aws-sdk/client-eventbridge";
import { managed } from "../faults.ts";
import type { Rule } from "../store.ts";

/** A rule as DescribeRule and ListRules show it, without what only one of them shows. */
export const describedRule = (rule: Rule) =>
  ({
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.pattern,
    ScheduleExpression: rule.schedule,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    ManagedBy: rule.managedBy,
    EventBusName: rule.bus,
  }) satisfies DescribeRuleResponse;

/** Rules that a service made are changed by that service only, or with force. */
export function demandUnmanaged(rule: Rule, force = false): void {
  if (rule.managedBy !== undefined && !force) throw managed(rule.name, rule.managedBy);
}
