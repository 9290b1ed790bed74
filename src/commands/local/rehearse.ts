import type { Home } from "../../core/arn.ts";
import type { ApplyPlan, ApplyStep } from "../../core/route/apply-plan.ts";
import type { Place } from "../../core/route/bus.ts";
import type { BusModel, Rule } from "../../core/route/index.ts";
import type { Fault } from "../../core/route/source/fault.ts";
import { ServiceFault } from "../../local/fault.ts";
import { openScratch, type Scratch } from "./scratch.ts";

/**
 * What an emulator would refuse of a plan, in AWS's words: tried on one that nobody sees, so that every mistake is told,
 * with its place, before anything is made. Patterns are left to those who know more of them.
 */
export async function rehearse(
  plan: ApplyPlan,
  model: BusModel,
  home: Home,
  file: string,
): Promise<readonly Fault[]> {
  const scratch = openScratch(home);
  const faults: Fault[] = [];
  const spoilt = new Set<string>();
  for (const step of plan.steps) {
    const { about, name } = subjectOf(step, model);
    const isOnSpoilt = "bus" in step && typeof step.bus === "string" && spoilt.has(step.bus);
    if (isOnSpoilt || (step.kind === "rule" && spoilt.has(step.rule.bus))) continue;
    for (const { what, place, mend } of name === undefined
      ? await perform(step, scratch, plan)
      : explainName(name)) {
      if (step.kind === "bus") spoilt.add(step.bus.name);
      const found = place ?? about?.place ?? { file };
      faults.push({ place: found, logicalId: about?.logicalId ?? about?.name, what, mend });
    }
  }
  return faults;
}

interface Named {
  readonly name: string;
  readonly place?: Place | undefined;
  readonly logicalId?: string | undefined;
}

/** What of the file a step makes, and the name of it where only the deploy knows that. */
function subjectOf(
  step: ApplyStep,
  { buses, queues }: BusModel,
): { about?: Named | undefined; name?: string } {
  const isOpen = ({ name }: Named) => name.includes("${");
  if (step.kind === "queue") {
    const about = queues.find(({ name }) => name === step.name);
    return { about, ...(isOpen(step) && { name: step.name }) };
  }
  if (step.kind === "bus") return { about: step.bus, ...(isOpen(step.bus) && { name: step.bus.name }) };
  if (step.kind === "rule") return { about: step.rule };
  if (step.kind === "archive") return { about: step.archive };
  if (step.kind === "other") return { about: step.resource };
  const bus = buses.find(({ name }) => name === step.bus);
  return { about: step.kind === "policy" ? bus : bus?.rules.find(({ name }) => name === step.rule) };
}

interface Refusal {
  readonly what: string;
  readonly place?: Place | undefined;
  readonly mend?: string | undefined;
}

const explainName = (name: string): Refusal[] => [
  {
    what: `its name is known at the deploy only: ${name}`,
    mend: `give it with --parameter ${/\$\{([^}]+)\}/.exec(name)?.[1]}=VALUE`,
  },
];

async function perform(step: ApplyStep, scratch: Scratch, plan: ApplyPlan): Promise<Refusal[]> {
  switch (step.kind) {
    case "queue":
      return performQueue(step, scratch, plan);
    case "bus": {
      const { name: Name, description: Description, deadLetterArn: Arn } = step.bus;
      const DeadLetterConfig = Arn === undefined ? undefined : { Arn };
      return tried(scratch.events("CreateEventBus", { Name, Description, DeadLetterConfig }));
    }
    case "policy":
      return tried(scratch.events("PutPermission", { EventBusName: step.bus, Policy: step.policy }));
    case "rule":
      return performRule(step.rule, scratch);
    case "targets":
      return performTargets(step, scratch, plan);
    // The topics and schemas are not tried.
    case "other":
      return [];
    case "archive": {
      const { name: ArchiveName, description: Description, retentionDays: RetentionDays } = step.archive;
      const about = { ArchiveName, Description, RetentionDays, EventSourceArn: step.bus };
      return tried(scratch.events("CreateArchive", about));
    }
  }
}

/** Each attribute by itself where not all can be set, so that none hides another. */
async function performQueue(
  { name: QueueName, attributes }: Extract<ApplyStep, { kind: "queue" }>,
  scratch: Scratch,
  plan: ApplyPlan,
): Promise<Refusal[]> {
  const { FifoQueue, RedrivePolicy, ...rest } = attributes;
  const made = FifoQueue === undefined ? {} : { FifoQueue };
  const refused = await tried(scratch.sqs("CreateQueue", { QueueName, Attributes: made }));
  if (refused.length > 0) return refused;
  const set = (Attributes: object) =>
    tried(scratch.sqs("SetQueueAttributes", { QueueUrl: QueueName, Attributes }));
  // A queue that the file does not have may be in the emulator that runs.
  const isOwn = plan.steps.some(
    (step) => step.kind === "queue" && RedrivePolicy?.includes(`:${step.name}"`) === true,
  );
  const all = { ...rest, ...(isOwn && { RedrivePolicy }) };
  const together = await set(all);
  if (together.length === 0) return [];
  const alone = await Promise.all(
    Object.entries(all).map(([attribute, value]) => set({ [attribute]: value })),
  );
  return alone.some((each) => each.length > 0) ? alone.flat() : together;
}

/** A rule that is refused is made in another way, so that its targets can be tried. */
async function performRule(rule: Rule, scratch: Scratch): Promise<Refusal[]> {
  const { name: Name, bus: EventBusName, state: State, description: Description } = rule;
  const about = { Name, EventBusName, State, Description, ScheduleExpression: rule.schedule };
  const refused = await tried(scratch.events("PutRule", { ...about, EventPattern: rule.pattern }));
  if (refused.length === 0) return [];
  const EventPattern = '{"source":["any"]}';
  const without = await tried(scratch.events("PutRule", { ...about, EventPattern }));
  if (without.length > 0) await tried(scratch.events("PutRule", { Name, EventBusName, EventPattern }));
  return without;
}

async function performTargets(
  { bus: EventBusName, rule: Rule, targets }: Extract<ApplyStep, { kind: "targets" }>,
  scratch: Scratch,
  { steps }: ApplyPlan,
): Promise<Refusal[]> {
  const places = steps.flatMap((step) =>
    step.kind === "rule" && step.rule.name === Rule && step.rule.bus === EventBusName
      ? [step.rule.places ?? {}]
      : [],
  )[0];
  const refusals: Refusal[] = [];
  for (const target of targets) {
    const place = places?.[`targets.${target.Id}`];
    for (const { what } of await tried(
      scratch.events("PutTargets", { EventBusName, Rule, Targets: [target] }),
    ))
      refusals.push({ what: `target ${target.Id}: ${what}`, place });
  }
  return refusals;
}

async function tried(call: Promise<unknown>): Promise<Refusal[]> {
  try {
    await call;
    return [];
  } catch (error) {
    if (error instanceof ServiceFault) return [{ what: error.message }];
    throw error;
  }
}
