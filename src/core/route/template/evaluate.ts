import { nearNames } from "../../near.ts";
import { type Entry, leaf, type Tree, textOf } from "../source/tree.ts";
import { functions } from "./functions.ts";
import type { Scope } from "./scope.ts";

/** A tree with its functions carried out; undefined for `AWS::NoValue`. Unknowns stand in it as marks. */
export function evaluate(tree: Tree, scope: Scope): Tree | undefined {
  if (tree.kind === "leaf") return dynamic(tree, scope);
  if (tree.kind === "list")
    return {
      ...tree,
      items: tree.items.map((item) => evaluate(item, scope)).filter((item) => item !== undefined),
    };
  const call = callOf(tree);
  if (call !== undefined) return carryOut(call.name, call.argument, tree, scope);
  const entries = new Map<string, Entry>();
  for (const [key, { value, place }] of tree.entries) {
    const evaluated = evaluate(value, scope);
    if (evaluated !== undefined) entries.set(key, { value: evaluated, place });
  }
  return { ...tree, entries };
}

/** The function that a dict is a call of. */
export function callOf(tree: Tree): { readonly name: string; readonly argument: Tree } | undefined {
  if (tree.kind !== "dict") return undefined;
  for (const [name, { value }] of tree.entries)
    if (name.startsWith("Fn::") || (tree.entries.size === 1 && name === "Ref"))
      return { name, argument: value };
  return undefined;
}

function carryOut(name: string, argument: Tree, tree: Tree, scope: Scope): Tree | undefined {
  const carry = functions[name];
  if (carry !== undefined) return carry({ argument, place: tree.place, scope, evaluate });
  if (name.startsWith("Fn::ForEach::")) return unknown(scope, "Fn::ForEach", tree);
  const near = nearNames(name, Object.keys(functions));
  scope.faults.warn(
    tree.place,
    `${name} is no function that is known here`,
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : undefined,
  );
  return unknown(scope, name, tree);
}

/** A leaf that is known only at the deploy. */
export const unknown = (scope: Scope, name: string, { place }: Pick<Tree, "place">, standIn?: string): Tree =>
  leaf(scope.unknowns.mark(name, place, standIn), place);

/** `{{resolve:ssm:/path}}` is looked up by the deploy. */
function dynamic(tree: Tree & { kind: "leaf" }, scope: Scope): Tree {
  if (typeof tree.value !== "string" || !tree.value.includes("{{resolve:")) return tree;
  const value = tree.value.replace(/\{\{(resolve:[^}]+)\}\}/g, (_, name: string) =>
    scope.unknowns.mark(name, tree.place),
  );
  return { ...tree, value };
}

/** The text that a tree evaluates to; a mistake where it is no text. */
export function evaluateText(tree: Tree, scope: Scope, what: string): string | undefined {
  const value = evaluate(tree, scope);
  if (value === undefined) return undefined;
  const text = textOf(value);
  if (text === undefined) scope.faults.add(value.place, `${what}: expected a text`);
  return text;
}
