import { nearNames } from "../../near.ts";
import { entriesOf, type Tree, textOf } from "../source/tree.ts";
import { isMarked } from "../source/unknowns.ts";
import type { Scope } from "./scope.ts";

/** Tells of properties that do not exist: CloudFormation would refuse them. */
export function checkProperties(
  { faults }: Pick<Scope, "faults">,
  what: string,
  tree: Tree | undefined,
  known: readonly string[],
): void {
  // A text may be an unknown; anything else has its fields to be told of.
  if (tree !== undefined && tree.kind !== "dict" && !isMarked(textOf(tree) ?? ""))
    faults.add(tree.place, `${what}: expected an object`);
  for (const [name, { place }] of entriesOf(tree)) {
    if (known.includes(name) || name.startsWith("Fn::")) continue;
    const near = nearNames(name, known);
    const mend = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `it has ${known.join(", ")}`;
    faults.add(place, `${what} has no property ${name}`, mend);
  }
}
