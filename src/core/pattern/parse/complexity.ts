import { limits } from "../limits.ts";
import type { Matcher } from "../operators/operator.ts";
import type { Branch } from "./pattern.ts";
import { WildcardTree } from "./wildcard-tree.ts";

/**
 * Whether the wildcards of one field are more than the service takes: at some input, more than `limits.complexity`
 * prefixes of them would be alive at once. What branches share is counted as the engine shares it.
 */
export function isTooComplex(branches: readonly Branch[]): boolean {
  if (!branches.some(hasWildcards)) return false;
  const root = new State();
  for (const branch of branches) enter(root, branch);
  return isOver(root);
}

const hasWildcards = (branch: Branch): boolean =>
  branch.some(({ matchers }) => matchers.some(({ wildcards }) => wildcards !== undefined));

/** Where a rule stands after some of its fields; a field's matchers lead on from here. */
class State {
  readonly fields = new Map<string, Field>();
}

interface Field {
  readonly tree: WildcardTree<State>;
  /** Where a matcher has led so far, by its text. */
  readonly next: Map<string, State>;
}

/** Fields in the order of their paths, each below the states that the one before it led to. */
function enter(root: State, branch: Branch): void {
  let states = new Set([root]);
  for (const { path, matchers } of branch) {
    const following = new Set<State>();
    for (const state of states) {
      const field = state.fields.get(path) ?? { tree: new WildcardTree<State>(), next: new Map() };
      state.fields.set(path, field);
      for (const next of enterField(field, matchers)) following.add(next);
    }
    states = following;
    // What lies behind a field that can only be absent is not looked at.
    if (states.size === 0) return;
  }
}

/** A matcher entered again leads to where it led before, a new one to where the one before it in its list leads. */
function enterField(field: Field, matchers: readonly Matcher[]): Set<State> {
  const reached = new Set<State>();
  let last: State | undefined;
  for (const matcher of matchers) {
    if (matcher.wantsAbsence === true) continue;
    const text = matcher.print();
    const known = field.next.get(text);
    const next: State =
      matcher.wildcards === undefined
        ? (known ?? last ?? new State())
        : field.tree.enter(matcher.wildcards, text, known, () => last ?? new State());
    field.next.set(text, next);
    reached.add(next);
    last = next;
  }
  return reached;
}

function isOver(root: State): boolean {
  const seen = new Set([root]);
  for (const state of seen)
    for (const { tree, next } of state.fields.values()) {
      if (tree.isOver(limits.complexity)) return true;
      for (const following of next.values()) seen.add(following);
    }
  return false;
}
