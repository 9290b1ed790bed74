import type { Target } from "../bus.ts";
import { at, entriesOf, plain, type Tree } from "../source/tree.ts";
import { evaluate } from "./evaluate.ts";
import { targetParameters, targetParts, targetProperties } from "./known.ts";
import { checkProperties } from "./properties.ts";
import type { Settler } from "./settle.ts";

/** A target of a rule; undefined for one that `AWS::NoValue` takes away, and for one without an id. */
export function readTarget(settler: Settler, tree: Tree): Target | undefined {
  const { scope } = settler;
  const value = evaluate(tree, scope);
  if (value === undefined) return undefined;
  if (value.kind !== "dict") {
    const seen = settler.unknowns.length;
    settler.name(value, "targets");
    if (settler.unknowns.length === seen) scope.faults.add(tree.place, "a target: expected an object");
    return undefined;
  }
  checkProperties(scope, "a target", value, targetProperties);
  for (const [name, known] of Object.entries(targetParts))
    checkProperties(scope, name, at(value, name), known);
  const id = settler.name(at(value, "Id"), "targets");
  if (id === undefined) scope.faults.add(tree.place, "the target has no Id");
  const path = `targets.${id}`;
  const arn = settler.name(at(value, "Arn"), `${path}.Arn`);
  if (arn === undefined) scope.faults.add(tree.place, `target ${id ?? ""} has no Arn`.replace("  ", " "));
  if (id === undefined || arn === undefined) return undefined;
  demandOneInput(settler, value, id);
  return clean({
    Id: id,
    Arn: arn,
    RoleArn: settler.name(at(value, "RoleArn"), `${path}.RoleArn`),
    Input: settler.text(at(value, "Input"), `${path}.Input`),
    InputPath: settler.text(at(value, "InputPath"), `${path}.InputPath`),
    InputTransformer: readTransformer(settler, at(value, "InputTransformer"), path),
    DeadLetterConfig: readArn(settler, at(value, "DeadLetterConfig"), `${path}.DeadLetterConfig`),
    RetryPolicy: readRetry(settler, at(value, "RetryPolicy"), path),
    SqsParameters: readGroup(settler, at(value, "SqsParameters"), path),
    ...others(settler, value, path),
  }) as Target;
}

/** An object without the fields that are undefined. */
const clean = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function demandOneInput({ scope }: Settler, target: Tree, id: string): void {
  const given = ["Input", "InputPath", "InputTransformer"].filter((name) => at(target, name) !== undefined);
  if (given.length > 1)
    scope.faults.add(target.place, `target ${id} has ${given.join(" and ")}`, "a target takes one of them");
}

function readTransformer(settler: Settler, tree: Tree | undefined, path: string) {
  if (tree === undefined) return undefined;
  const InputTemplate = settler.text(at(tree, "InputTemplate"), `${path}.InputTemplate`);
  if (InputTemplate === undefined)
    settler.scope.faults.add(tree.place, "InputTransformer has no InputTemplate");
  const paths = entriesOf(at(tree, "InputPathsMap")).map(([name, { value }]) => [
    name,
    settler.text(value, `${path}.InputPathsMap.${name}`),
  ]);
  return clean({
    InputPathsMap: paths.length === 0 ? undefined : Object.fromEntries(paths),
    InputTemplate,
  });
}

function readArn(settler: Settler, tree: Tree | undefined, path: string) {
  const Arn = settler.name(at(tree, "Arn"), path);
  return Arn === undefined ? undefined : { Arn };
}

function readRetry(settler: Settler, tree: Tree | undefined, path: string) {
  if (tree === undefined) return undefined;
  const number = (name: string) => settler.number(at(tree, name), `${path}.RetryPolicy.${name}`);
  return clean({
    MaximumRetryAttempts: number("MaximumRetryAttempts"),
    MaximumEventAgeInSeconds: number("MaximumEventAgeInSeconds"),
  });
}

function readGroup(settler: Settler, tree: Tree | undefined, path: string) {
  const MessageGroupId = settler.text(at(tree, "MessageGroupId"), `${path}.SqsParameters`);
  return MessageGroupId === undefined ? undefined : { MessageGroupId };
}

/** Parameters for other kinds of targets, by the API's names, as they are. */
function others(settler: Settler, target: Tree, path: string): object {
  const found = targetParameters.flatMap((name) => {
    const tree = at(target, name);
    if (tree === undefined) return [];
    const text = settler.json(tree, `${path}.${name}`);
    return text === undefined ? [] : [[name, typeof plain(tree) === "object" ? JSON.parse(text) : text]];
  });
  return Object.fromEntries(found);
}
