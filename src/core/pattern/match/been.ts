import type { Facts } from "./facts.ts";
import type { Graph } from "./graph.ts";
import type { State } from "./state.ts";

/** Which states an event has been in, and with what choices. */
export class Been<R> {
  readonly #graph: Graph<R>;
  readonly #keys = new Set<string>();
  /** The arrays that each state can still look into. */
  readonly #below = new Map<State<R>, ReadonlySet<number>>();

  constructor(graph: Graph<R>) {
    this.#graph = graph;
  }

  forget(): void {
    this.#keys.clear();
    this.#below.clear();
  }

  /** Whether the state has been visited with the same choice in all the arrays that it can still look into. */
  in(state: State<R>, chosen: readonly number[], facts: Facts): boolean {
    const below = this.#below.get(state) ?? this.#arraysBelow(state, facts);
    this.#below.set(state, below);
    let key = `${state.id}`;
    for (const array of below) if (chosen[array] !== -1) key += ` ${array}:${chosen[array]}`;
    if (this.#keys.has(key)) return true;
    this.#keys.add(key);
    return false;
  }

  #arraysBelow(state: State<R>, facts: Facts): ReadonlySet<number> {
    const { first, next, place, outer, array } = facts.columns;
    const states = new Set([state]);
    const paths = new Set<number>();
    for (const { steps } of states)
      for (const step of steps) {
        paths.add(step.path);
        for (const to of step.targets(this.#graph)) states.add(to);
      }
    const arrays = new Set<number>();
    for (const path of paths)
      for (let i = first[path]!; i >= 0; i = next[i]!)
        for (let p = place[i]!; p !== 0 && !arrays.has(array[p]!); p = outer[p]!) arrays.add(array[p]!);
    return arrays;
  }
}
