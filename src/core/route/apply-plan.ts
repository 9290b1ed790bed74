import { busArn, type Home, renderArn } from "../arn.ts";
import type { Archive, Bus, BusModel, OtherResource, QueueModel, Rule, Target, Unknown } from "./bus.ts";
import { type NotMade, planOthers } from "./others.ts";

/** A call to AWS, as data; in the order in which they must be made. */
export type ApplyStep =
  | { readonly kind: "queue"; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: "bus"; readonly bus: Bus }
  | { readonly kind: "policy"; readonly bus: string; readonly policy: string }
  | { readonly kind: "rule"; readonly rule: Rule }
  | {
      readonly kind: "targets";
      readonly bus: string;
      readonly rule: string;
      readonly targets: readonly Target[];
    }
  | { readonly kind: "archive"; readonly bus: string; readonly archive: Archive }
  | { readonly kind: "other"; readonly resource: OtherResource };

/** What a plan leaves out, because it depends on something that only a deploy decides. */
export interface LeftOut {
  readonly rule: Rule;
  /** Absent where it is the whole rule. */
  readonly target?: Target;
  readonly unknowns: readonly Unknown[];
}

export interface ApplyPlan {
  readonly steps: readonly ApplyStep[];
  readonly leftOut: readonly LeftOut[];
  readonly notMade: readonly NotMade[];
}

/**
 * What makes a model true: queues with their final policy first (it names rules that do not exist yet, as AWS allows),
 * dead-letter queues before those that name them, then buses, rules and targets, so that no event finds half of it.
 */
export function planApply(model: BusModel, home: Home): ApplyPlan {
  const leftOut: LeftOut[] = [];
  const rules = model.buses.flatMap(({ rules }) => rules).flatMap((rule) => planRule(rule, home, leftOut));
  const { making, leaving } = planOthers(model.others);
  const made = model.buses.filter(({ name }) => name !== "default");
  return {
    steps: [
      ...inOrder(model.queues).map(planQueue),
      ...made.map((bus): ApplyStep => ({ kind: "bus", bus })),
      ...model.buses.flatMap(({ name: bus, policy }): ApplyStep[] =>
        policy === undefined ? [] : [{ kind: "policy", bus, policy }],
      ),
      ...making.map((resource): ApplyStep => ({ kind: "other", resource })),
      ...rules,
      ...model.buses.flatMap(({ name: bus, archives = [] }) =>
        archives.map((archive): ApplyStep => ({ kind: "archive", bus: busArn(home, bus), archive })),
      ),
    ],
    leftOut,
    notMade: leaving,
  };
}

function inOrder(queues: readonly QueueModel[]): QueueModel[] {
  const isNamed = ({ arn }: QueueModel) =>
    queues.some(({ attributes }) => attributes.RedrivePolicy?.includes(JSON.stringify(arn)));
  return [...queues.filter(isNamed), ...queues.filter((queue) => !isNamed(queue))];
}

/** An empty policy takes away the one that an earlier run has made. */
const planQueue = ({ name, attributes }: QueueModel): ApplyStep => ({
  kind: "queue",
  name,
  attributes: { ...attributes, Policy: attributes.Policy ?? "" },
});

function planRule(rule: Rule, home: Home, leftOut: LeftOut[]): ApplyStep[] {
  const open = rule.unknowns.filter(({ path }) => isOfRule(path));
  if (open.length > 0) {
    leftOut.push({ rule, unknowns: open });
    return [];
  }
  const targets = rule.targets.filter((target) => {
    const unknowns = rule.unknowns.filter(({ path }) => path === `targets.${target.Id}.Arn`);
    if (unknowns.length > 0) leftOut.push({ rule, target, unknowns });
    return unknowns.length === 0;
  });
  return [
    { kind: "rule", rule },
    {
      kind: "targets",
      bus: rule.bus,
      rule: rule.name,
      targets: targets.map((target) => withRole(target, home)),
    },
  ];
}

/** Whether a rule can be made at all depends on it. */
const isOfRule = (path: string): boolean => /^(rule|state|bus|schedule|pattern(\..*)?)$/s.test(path);

/** PutTargets demands a role for a bus; an emulator has no IAM to ask about it. */
const withRole = (target: Target, home: Home): Target =>
  target.RoleArn === undefined && /:event-bus\//.test(target.Arn)
    ? { ...target, RoleArn: renderArn({ ...home, region: "" }, "iam", "role/send-to-event-bus") }
    : target;
