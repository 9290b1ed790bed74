import { at, entriesOf, itemsOf, renderTree, type Tree, textOf } from "../source/tree.ts";
import { isMarked } from "../source/unknowns.ts";
import { evaluate, unknown } from "./evaluate.ts";
import type { Call } from "./functions.ts";
import { noSuch } from "./references.ts";
import type { Scope } from "./scope.ts";

/** A truth, or undefined when only the deploy decides. */
export type Truth = boolean | undefined;

/** The named condition of a template. */
export function conditionOf(scope: Scope, name: string, place: Tree["place"]): Truth {
  const tree = at(scope.conditions, name);
  if (tree === undefined) {
    scope.faults.add(
      place,
      ...noSuch(
        "condition",
        name,
        entriesOf(scope.conditions).map(([key]) => key),
      ),
    );
    return undefined;
  }
  if (scope.pending.has(name)) {
    scope.faults.add(place, `condition ${name} depends on itself`);
    return undefined;
  }
  scope.pending.add(name);
  try {
    return judge(tree, scope);
  } finally {
    scope.pending.delete(name);
  }
}

function judge(tree: Tree, scope: Scope): Truth {
  const [name, entry] = entriesOf(tree)[0] ?? [];
  const given = entry && itemsOf(entry.value);
  switch (name) {
    case "Condition":
      return conditionOf(scope, textOf(entry!.value) ?? "", tree.place);
    case "Fn::Not":
      return not(given![0] && judge(given![0], scope));
    case "Fn::And":
      return not(any(given!.map((part) => not(judge(part, scope)))));
    case "Fn::Or":
      return any(given!.map((part) => judge(part, scope)));
    case "Fn::Equals":
      return equals(given!.map((part) => evaluate(part, scope)));
    default:
      scope.faults.add(
        tree.place,
        "no condition: expected Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition",
      );
      return undefined;
  }
}

const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
const any = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;

/** Numbers and booleans are compared as texts. The same unknown is equal to itself. */
function equals([left, right]: readonly (Tree | undefined)[]): Truth {
  const [one, other] = [left, right].map((tree) => tree && (textOf(tree) ?? renderTree(tree)));
  if (one === other) return true;
  return [one, other].some((text) => text !== undefined && isMarked(text)) ? undefined : false;
}

/** `Fn::If`: one of two branches, or an unknown named after the condition. */
export function chooseBranch({ argument, place, scope }: Call): Tree | undefined {
  const [condition, yes, no] = itemsOf(argument);
  const name = textOf(condition);
  if (name === undefined || yes === undefined || no === undefined) {
    scope.faults.add(place, "Fn::If takes the name of a condition and two values");
    return unknown(scope, "Fn::If", { place });
  }
  const truth = conditionOf(scope, name, place);
  if (truth !== undefined) return evaluate(truth ? yes : no, scope);
  return unknown(scope, `Condition ${name}`, { place });
}
