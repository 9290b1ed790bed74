import { EvbError } from "../errors.ts";
import type { Watch } from "./choice.ts";
import type { TargetInput } from "./setup.ts";

/** A deployed rule, as far as it matters here. */
export interface DeployedRule {
  readonly name: string;
  readonly bus: string;
  readonly pattern?: string | undefined;
  readonly state?: string | undefined;
  readonly targets: readonly DeployedTarget[];
}

export interface DeployedTarget extends TargetInput {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly HttpParameters?: unknown;
}

/**
 * One watch for each rule as its targets see it. A rule whose targets are named gets one for each of these, the others
 * need targets that all receive the same.
 */
export function planRuleWatches(rules: readonly DeployedRule[], wanted: readonly string[]): Watch[] {
  for (const id of wanted) demandTarget(rules, id);
  return rules.flatMap((rule) => {
    const named = rule.targets.filter(({ Id }) => wanted.includes(Id));
    if (named.length === 0) return [planWatch(rule, rule.name, chooseTarget(rule))];
    return named.map((target) =>
      planWatch(rule, named.length === 1 ? rule.name : `${rule.name}/${target.Id}`, target),
    );
  });
}

function demandTarget(rules: readonly DeployedRule[], wanted: string): void {
  const hints = rules.map(({ name, targets }) => {
    const ids = targets.map(({ Id }) => Id).join(", ");
    return ids === "" ? `${name} has no targets at all` : `targets of ${name}: ${ids}`;
  });
  if (rules.some(({ targets }) => targets.some(({ Id }) => Id === wanted))) return;
  const [{ name, bus } = { name: "", bus: "" }] = rules;
  const who = rules.length === 1 ? `rule ${name} of bus ${bus} has` : `none of the rules of bus ${bus} has a`;
  throw new EvbError("NOT_FOUND", `${who}${rules.length === 1 ? " no" : ""} target ${wanted}`, hints);
}

function planWatch(rule: DeployedRule, mark: string, target: DeployedTarget | undefined): Watch {
  const { name, bus, pattern, state } = rule;
  if (pattern === undefined)
    throw new EvbError(
      "NOT_SUPPORTED",
      `rule ${name} of bus ${bus} runs on a schedule and has no event pattern`,
      ["name a rule with an event pattern"],
    );
  const input = target === undefined ? {} : inputOf(target);
  return {
    mark,
    pattern,
    input,
    state: state === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" ? state : "ENABLED",
    notes: [...stateNotes(rule), ...targetNotes(rule, target)],
  };
}

function chooseTarget({ name, targets }: DeployedRule): DeployedTarget | undefined {
  const inputs = new Set(targets.map((target) => JSON.stringify(inputOf(target))));
  if (inputs.size > 1)
    throw new EvbError(
      "BAD_USAGE",
      `the ${targets.length} targets of rule ${name} receive different bodies`,
      [`choose with --target: ${targets.map(({ Id }) => Id).join(", ")}`],
    );
  return targets[0];
}

function inputOf({ Input, InputPath, InputTransformer }: TargetInput): TargetInput {
  return {
    ...(Input !== undefined && { Input }),
    ...(InputPath !== undefined && { InputPath }),
    ...(InputTransformer !== undefined && { InputTransformer }),
  };
}

const stateNotes = ({ name, state }: DeployedRule): string[] =>
  state === "DISABLED"
    ? [`rule ${name} is disabled: its consumer receives nothing of what is shown here`]
    : [];

/** What a queue of our own cannot show of a delivery to this target. */
function targetNotes({ name }: DeployedRule, target: DeployedTarget | undefined): string[] {
  if (target === undefined) return [`rule ${name} has no targets: whole events are shown`];
  const { Id, Input, InputTransformer, RoleArn, HttpParameters } = target;
  const who = `target ${Id} of rule ${name}`;
  const notes: string[] = [];
  if (Input !== undefined) notes.push(`${who} gets the same constant text for every event`);
  if (/<aws\.events\.rule-(?:arn|name)>/.test(InputTransformer?.InputTemplate ?? ""))
    notes.push(`the template of ${who} names its rule; here it gets the name of the temporary one`);
  if (RoleArn !== undefined)
    notes.push(`${who} is reached with role ${RoleArn}: whether that role may is not seen here`);
  if (HttpParameters !== undefined)
    notes.push(`${who} also gets headers, path or query parameters, which are not shown`);
  return notes;
}
