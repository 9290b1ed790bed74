import { nearNames } from "../../near.ts";
import { entriesOf, type Tree } from "../source/tree.ts";
import type { Scope } from "./scope.ts";

/** Tells of properties that do not exist: CloudFormation would refuse them. */
export function checkProperties(
  { faults }: Pick<Scope, "faults">,
  what: string,
  tree: Tree | undefined,
  known: readonly string[],
): void {
  for (const [name, { place }] of entriesOf(tree)) {
    if (known.includes(name) || name.startsWith("Fn::")) continue;
    const near = nearNames(name, known);
    const mend = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `it has ${known.join(", ")}`;
    faults.add(place, `${what} has no property ${name}`, mend);
  }
}
