import {
  DescribeArchiveCommand,
  type EventBridgeClient,
  ListArchivesCommand,
  type Rule as ListedRule,
} from "@aws-sdk/client-eventbridge";
import type { Archive, Bus, Rule, RuleState, Target } from "../core/route/index.ts";
import { orMissing, pages } from "./answers.ts";
import { answered } from "./patience.ts";
import { describeBus, listRules, listTargets } from "./rules.ts";

/** How many things are asked for: in order, a few at a time. */
export type EachOf = <T, R>(items: readonly T[], ask: (item: T) => Promise<R>) => Promise<R[]>;

/** A deployed bus with its rules and targets. Throws AWS's error where there is none. */
export async function readBusWithRules(
  events: EventBridgeClient,
  name: string,
  eachOf: EachOf,
): Promise<Bus> {
  const about = (await describeBus(events, name)) ?? {};
  const listed: ListedRule[] = [];
  for await (const rule of listRules(events, name)) listed.push(rule);
  const bus = about.Name ?? name;
  const rules = await eachOf(listed, async (rule) =>
    ruleOf(bus, rule, ((await listTargets(events, name, rule.Name!)) ?? []) as unknown as readonly Target[]),
  );
  return {
    name: bus,
    arn: about.Arn ?? name,
    ...(about.Description && { description: about.Description }),
    ...(about.DeadLetterConfig?.Arn !== undefined && { deadLetterArn: about.DeadLetterConfig.Arn }),
    ...(about.Policy && { policy: about.Policy }),
    rules,
  };
}

const ruleOf = (bus: string, rule: ListedRule, targets: readonly Target[]): Rule => ({
  name: rule.Name!,
  bus,
  arn: rule.Arn!,
  ...(rule.Description && { description: rule.Description }),
  state: (rule.State ?? "ENABLED") as RuleState,
  ...(rule.EventPattern && { pattern: rule.EventPattern }),
  ...(rule.ScheduleExpression && { schedule: rule.ScheduleExpression }),
  ...(rule.RoleArn && { roleArn: rule.RoleArn }),
  ...(rule.ManagedBy && { managedBy: rule.ManagedBy }),
  targets,
  unknowns: [],
});

/** The archives that keep the events of a bus. */
export async function listArchives(events: EventBridgeClient, busArn: string): Promise<Archive[]> {
  const names: string[] = [];
  for await (const page of pages((token) =>
    answered((how) => events.send(new ListArchivesCommand({ EventSourceArn: busArn, ...token }), how)),
  ))
    names.push(...(page.Archives ?? []).map(({ ArchiveName }) => ArchiveName!));
  const archives: Archive[] = [];
  for (const name of names) {
    const found = await orMissing("ResourceNotFoundException", () =>
      answered((how) => events.send(new DescribeArchiveCommand({ ArchiveName: name }), how)),
    );
    if (found === undefined) continue;
    archives.push({
      name,
      arn: found.ArchiveArn!,
      ...(found.Description && { description: found.Description }),
      ...(found.EventPattern && { pattern: found.EventPattern }),
      ...(found.RetentionDays && { retentionDays: found.RetentionDays }),
    });
  }
  return archives;
}
