import type { Rule, RuleState } from "../bus.ts";
import { placesOf } from "../source/places.ts";
import { at, type Entry, entriesOf, itemsOf, type Tree, textOf } from "../source/tree.ts";
import { evaluate } from "./evaluate.ts";
import { ruleProperties } from "./known.ts";
import { busOf, identify } from "./physical.ts";
import { checkProperties } from "./properties.ts";
import { isMade } from "./references.ts";
import type { Scope } from "./scope.ts";
import { Settler } from "./settle.ts";
import { readTarget } from "./target.ts";
import { warnOfTexts } from "./texts.ts";

const states: readonly string[] = ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"];

/** A rule of a template. Its mistakes are told, and what can be read of it is read. */
export function readRule(scope: Scope, id: string, { value: resource, place }: Entry): Rule {
  const { faults } = scope;
  const properties = at(resource, "Properties");
  checkProperties(scope, "AWS::Events::Rule", properties, ruleProperties);
  const of = (name: string) => at(properties, name);
  const settler = new Settler(scope);
  const { name, isGenerated, arn } = identify(scope, id, resource);
  const written = readPattern(settler, of("EventPattern"));
  const schedule = settler.name(of("ScheduleExpression"), "schedule");
  const pattern =
    written ?? (schedule === undefined ? includedPattern(settler, of("Fn::Transform")) : undefined);
  if (pattern === undefined && schedule === undefined)
    faults.add(place, "the rule has neither an EventPattern nor a ScheduleExpression", "give one of them");
  if (isMade(scope, resource) === undefined)
    settler.tell({ name: `Condition ${textOf(at(resource, "Condition"))}`, path: "rule", place });
  const description = settler.name(of("Description"), "description");
  const roleArn = settler.name(of("RoleArn"), "roleArn");
  const targets = readTargets(settler, of("Targets"));
  return {
    name: scope.unknowns.settle(name),
    ...(isGenerated && { isNameGenerated: true }),
    bus: settler.name(of("EventBusName"), "bus") === undefined ? "default" : busOf(scope, resource),
    arn: scope.unknowns.settle(arn),
    ...(description !== undefined && { description }),
    ...(roleArn !== undefined && { roleArn }),
    state: readState(settler, of("State")),
    ...(pattern !== undefined && { pattern }),
    ...(schedule !== undefined && { schedule }),
    targets,
    place,
    places: placesOf(new Map(entriesOf(properties).map(([name, { value }]) => [name, value])), place),
    logicalId: id,
    unknowns: settler.unknowns,
  };
}

/** Properties that a transform brings in may have any pattern. */
function includedPattern(settler: Settler, transform: Tree | undefined): string | undefined {
  if (transform === undefined) return undefined;
  const name = "Fn::Transform";
  settler.tell({ name, path: "pattern", place: transform.place });
  return `\${${name}}`;
}

function readPattern(settler: Settler, tree: Tree | undefined): string | undefined {
  if (tree === undefined) return undefined;
  const { scope } = settler;
  const value = evaluate(tree, scope);
  if (value?.kind === "list" || (value?.kind === "leaf" && typeof value.value !== "string")) {
    scope.faults.add(tree.place, "EventPattern: expected an object");
    return undefined;
  }
  warnOfTexts(scope, tree);
  return settler.json(tree, "pattern");
}

function readState(settler: Settler, tree: Tree | undefined): RuleState {
  const before = settler.unknowns.length;
  const state = settler.name(tree, "state");
  if (state === undefined || settler.unknowns.length > before) return "ENABLED";
  if (!states.includes(state))
    settler.scope.faults.add(
      tree!.place,
      `State: expected one of ${states.join(", ")}, found ${JSON.stringify(state)}`,
    );
  return state as RuleState;
}

function readTargets(settler: Settler, tree: Tree | undefined) {
  if (tree === undefined) return [];
  const value = evaluateOuter(tree, settler);
  if (value?.kind === "list") {
    const targets = itemsOf(value).flatMap((target) => readTarget(settler, target) ?? []);
    const ids = targets.map(({ Id }) => Id);
    for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
      settler.scope.faults.add(tree.place, `two targets have the Id ${id}`);
    return targets;
  }
  const isOpen =
    value?.kind === "leaf" &&
    settler.name(value, "targets") !== undefined &&
    settler.unknowns.some(({ path }) => path === "targets");
  if (value !== undefined && !isOpen) settler.scope.faults.add(tree.place, "Targets: expected a list");
  return [];
}

/** A list that a function makes; the list itself is left as it is, so that each target keeps its place. */
const evaluateOuter = (tree: Tree, { scope }: Settler): Tree | undefined =>
  tree.kind === "list" ? tree : evaluate(tree, scope);
