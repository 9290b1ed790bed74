import { EvbError } from "../errors.ts";
import type { RuleState, TargetInput } from "./setup.ts";

/** What to watch: everything that the temporary rule takes from its model. */
export interface Watch {
  readonly pattern: string;
  readonly input: TargetInput;
  readonly state: RuleState;
  /** Where what is shown may differ from what the consumer gets; a sentence each. */
  readonly notes: readonly string[];
}

/** A pattern from `--source` and `--detail-type`. Without either it matches every event of the bus. */
export function planFieldsWatch(sources: readonly string[], detailTypes: readonly string[]): Watch {
  const fields = {
    ...(sources.length > 0 && { source: sources }),
    ...(detailTypes.length > 0 && { "detail-type": detailTypes }),
  };
  // An empty prefix matches every source and, unlike a wildcard, is no part of a quota.
  const pattern = Object.keys(fields).length > 0 ? fields : { source: [{ prefix: "" }] };
  return { pattern: JSON.stringify(pattern), input: {}, state: "ENABLED", notes: [] };
}

/** A deployed rule, as far as it matters here. */
export interface DeployedRule {
  readonly name: string;
  readonly bus: string;
  readonly pattern?: string | undefined;
  readonly state?: string | undefined;
}

export interface DeployedTarget extends TargetInput {
  readonly Id: string;
  readonly Arn: string;
}

/** A rule's pattern and one target's input, so that what is shown is what that target's consumer receives. */
export function planRuleWatch(
  rule: DeployedRule,
  targets: readonly DeployedTarget[],
  wanted: string | undefined,
): Watch {
  if (rule.pattern === undefined)
    throw new EvbError(
      "NOT_SUPPORTED",
      `rule ${rule.name} of bus ${rule.bus} runs on a schedule and has no event pattern`,
      ["name a rule with an event pattern"],
    );
  const target = chooseTarget(rule, targets, wanted);
  const input = target === undefined ? {} : inputOf(target);
  return {
    pattern: rule.pattern,
    input,
    state: rule.state === "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" ? rule.state : "ENABLED",
    notes: [...stateNotes(rule), ...targetNotes(rule, target, input)],
  };
}

function chooseTarget(
  rule: DeployedRule,
  targets: readonly DeployedTarget[],
  wanted: string | undefined,
): DeployedTarget | undefined {
  const ids = targets.map(({ Id }) => Id).join(", ");
  if (wanted !== undefined) {
    const found = targets.find(({ Id }) => Id === wanted);
    if (found === undefined)
      throw new EvbError("NOT_FOUND", `rule ${rule.name} of bus ${rule.bus} has no target ${wanted}`, [
        ids === "" ? "it has no targets at all" : `its targets: ${ids}`,
      ]);
    return found;
  }
  const inputs = new Set(targets.map((target) => JSON.stringify(inputOf(target))));
  if (inputs.size > 1)
    throw new EvbError(
      "BAD_USAGE",
      `the ${targets.length} targets of rule ${rule.name} receive different bodies`,
      [`choose one with --target: ${ids}`],
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

function targetNotes(rule: DeployedRule, target: DeployedTarget | undefined, input: TargetInput): string[] {
  if (target === undefined) return [`rule ${rule.name} has no targets: whole events are shown`];
  const own = /<aws\.events\.rule-(?:arn|name)>/.test(input.InputTransformer?.InputTemplate ?? "");
  return own ? ["the template names its rule; here it gets the name of the temporary one"] : [];
}
