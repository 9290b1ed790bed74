import type { Branch, Leaf } from "../parse/pattern.ts";
import type { Graph } from "./graph.ts";
import { added, emptyList } from "./list.ts";
import { Step } from "./step.ts";

let states = 0;
/** From this many steps on, they are looked up by their paths. */
const few = 8;

/**
 * Where rules stand after their first fields. Rules that begin with the same fields share the states they go through,
 * so that an event is compared with them together.
 */
export class State<R> {
  readonly id = states++;
  /** The rules that have nothing more to ask. */
  accepts: R[] = emptyList();
  /** One step for each path that some rule asks for next. */
  steps: Step<R>[] = emptyList();
  /** In which context the state was last visited; see `solve.ts`. */
  seen = -1;
  /** The last event for which every rule from here on has been found to match, or none can: it need not be asked again. */
  done = -1;
  /** Most states have one way on, and there are many states, so a map is made only for the second way. */
  #only: { readonly name: string; readonly way: Leafway<R> } | undefined;
  #ways: Map<string, Leafway<R>> | undefined;
  #byPath: Map<number, Step<R>> | undefined;

  /** The path, when a state has but one step, and exact values are all that is asked there; otherwise -1. */
  get gate(): number {
    return this.accepts.length === 0 && this.steps.length === 1 ? this.steps[0]!.gate : -1;
  }

  /** Enters a rule's branch. */
  add(branch: Branch, rule: R, graph: Graph<R>, at = 0): void {
    const leaf = branch[at];
    if (leaf === undefined) {
      this.accepts = added(this.accepts, rule);
      return;
    }
    const name = nameOf(leaf);
    let way = this.#wayOf(name);
    if (way === undefined) {
      way = { to: new State<R>(), rules: 0 };
      this.#setWay(name, way);
      const path = graph.paths.add(leaf.path);
      const step = this.stepFor(path) ?? this.#addStep(path, graph);
      for (const matcher of leaf.matchers) step.add(matcher, way.to, graph);
    }
    way.rules++;
    way.to.add(branch, rule, graph, at + 1);
  }

  /** Takes a branch out again that was entered for this rule. */
  delete(branch: Branch, rule: R, graph: Graph<R>, at = 0): void {
    const leaf = branch[at];
    if (leaf === undefined) {
      this.accepts.splice(this.accepts.indexOf(rule), 1);
      return;
    }
    const name = nameOf(leaf);
    const way = this.#wayOf(name)!;
    way.to.delete(branch, rule, graph, at + 1);
    if (--way.rules > 0) return;
    if (this.#only?.name === name) this.#only = undefined;
    this.#ways?.delete(name);
    const number = graph.paths.add(leaf.path);
    const step = this.stepFor(number)!;
    for (const matcher of leaf.matchers) step.delete(matcher, way.to, graph);
    if (!step.isEmpty) return;
    this.steps.splice(this.steps.indexOf(step), 1);
    this.#byPath?.delete(number);
  }

  /** The one state that all rules go to from here, if it is one. */
  get only(): State<R> | undefined {
    return this.#only?.way.to;
  }

  stepFor(path: number): Step<R> | undefined {
    return this.#byPath === undefined
      ? this.steps.find((step) => step.path === path)
      : this.#byPath.get(path);
  }

  #addStep(path: number, graph: Graph<R>): Step<R> {
    const step = new Step<R>(path, graph.steps++);
    this.steps = added(this.steps, step);
    if (this.#byPath !== undefined) this.#byPath.set(path, step);
    else if (this.steps.length > few) this.#byPath = new Map(this.steps.map((each) => [each.path, each]));
    return step;
  }

  #wayOf(name: string): Leafway<R> | undefined {
    return this.#ways === undefined
      ? this.#only?.name === name
        ? this.#only.way
        : undefined
      : this.#ways.get(name);
  }

  #setWay(name: string, way: Leafway<R>): void {
    if (this.#ways === undefined && this.#only === undefined) {
      this.#only = { name, way };
      return;
    }
    this.#ways ??= new Map(this.#only === undefined ? [] : [[this.#only.name, this.#only.way]]);
    this.#only = undefined;
    this.#ways.set(name, way);
  }
}

/** Where a leaf leads, and how many rules go there. */
interface Leafway<R> {
  readonly to: State<R>;
  rules: number;
}

const nameOf = ({ path, matchers }: Leaf): string =>
  `${path}\n${matchers.map((matcher) => matcher.print()).join()}`;
