import type { Branch, Leaf } from "../parse/pattern.ts";
import type { Pattern } from "../pattern.ts";
import { covers, isLiteral } from "./cover.ts";

/** A text that patterns share which say the same with the same matchers, in whatever order. */
export const canonical = (pattern: Pattern): string =>
  [...new Set(pattern.branches.map(branchText))].sort().join("\n");

const branchText = (branch: Branch): string =>
  JSON.stringify(branch.map(({ path, matchers }) => [path, printed(matchers)]));

const printed = (matchers: Leaf["matchers"]): string[] =>
  [...new Set(matchers.map((matcher) => matcher.print()))].sort();

/** Whether every event that `a` matches is surely matched by `b` as well. What is not sure is no. */
export const implies = (a: Pattern, b: Pattern): boolean =>
  a.branches.every((branch) => b.branches.some((wider) => isWithin(branch, wider)));

function isWithin(branch: Branch, wider: Branch): boolean {
  // What else a branch asks for decides on which element of an array a value is missing from.
  const hasAbsence = wider.some(({ matchers }) => matchers.some(({ wantsAbsence }) => wantsAbsence));
  if (hasAbsence && wider.length !== branch.length) return false;
  return wider.every((leaf) => {
    const narrow = branch.find(({ path }) => path === leaf.path);
    return (
      narrow?.matchers.every((matcher) => leaf.matchers.some((other) => covers(other, matcher))) === true
    );
  });
}

/**
 * Whether an event may match both. No, where they ask the same field for different values; that an event may give an
 * array there is left out of account.
 */
export const mayMeet = (a: Pattern, b: Pattern): boolean =>
  a.branches.some((one) => b.branches.some((other) => !areApart(one, other)));

const areApart = (one: Branch, other: Branch): boolean =>
  one.some((leaf) => {
    const same = other.find(({ path }) => path === leaf.path);
    return same !== undefined && (isApart(leaf, same) || isApart(same, leaf));
  });

/** All values that one asks for are known, and none of them is what the other asks for. */
const isApart = ({ matchers }: Leaf, other: Leaf): boolean =>
  matchers.every(
    (matcher) => isLiteral(matcher) && !other.matchers.some((wanted) => covers(wanted, matcher)),
  );
