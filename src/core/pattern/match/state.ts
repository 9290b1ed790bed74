import type { Matcher } from "../operators/operator.ts";
import type { Branch, Leaf } from "../parse/pattern.ts";
import type { Screen } from "../value/screen.ts";
import { Kind, type Value } from "../value/value.ts";
import { ExactIndex } from "./exact-index.ts";
import type { Paths } from "./paths.ts";

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
  readonly accepts: R[] = [];
  /** One step for each path that some rule asks for next. */
  readonly steps: Step<R>[] = [];
  /** In which context the state was last visited; see `solve.ts`. */
  seen = -1;
  /** The last event for which every rule from here on has been found to match: more need not be asked for it. */
  done = -1;
  /** Most states have one way on, and there are many states, so a map is made only for the second way. */
  #only: { readonly name: string; readonly way: Leafway<R> } | undefined;
  #ways: Map<string, Leafway<R>> | undefined;
  #byPath: Map<number, Step<R>> | undefined;

  /** Enters a rule's branch. */
  add(branch: Branch, rule: R, paths: Paths, at = 0): void {
    const leaf = branch[at];
    if (leaf === undefined) {
      this.accepts.push(rule);
      return;
    }
    const name = nameOf(leaf);
    let way = this.#wayOf(name);
    if (way === undefined) {
      way = { to: new State<R>(), rules: 0 };
      this.#setWay(name, way);
      const path = paths.add(leaf.path);
      const step = this.stepFor(path) ?? this.#addStep(path);
      for (const matcher of leaf.matchers) step.add(matcher, way.to);
    }
    way.rules++;
    way.to.add(branch, rule, paths, at + 1);
  }

  /** Takes a branch out again that was entered for this rule. */
  delete(branch: Branch, rule: R, paths: Paths, at = 0): void {
    const leaf = branch[at];
    if (leaf === undefined) {
      this.accepts.splice(this.accepts.indexOf(rule), 1);
      return;
    }
    const name = nameOf(leaf);
    const way = this.#wayOf(name)!;
    way.to.delete(branch, rule, paths, at + 1);
    if (--way.rules > 0) return;
    if (this.#only?.name === name) this.#only = undefined;
    this.#ways?.delete(name);
    const number = paths.add(leaf.path);
    const step = this.stepFor(number)!;
    for (const matcher of leaf.matchers) step.delete(matcher, way.to);
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

  #addStep(path: number): Step<R> {
    const step = new Step<R>(path);
    this.steps.push(step);
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

interface Arc<R> {
  readonly matcher: Matcher;
  readonly screen: Screen | undefined;
  readonly acceptsRuledOut: boolean;
  readonly to: State<R>;
}

/** What rules ask of one path, and where each answer leads. */
export class Step<R> {
  readonly path: number;
  /** Where the absence of a value leads. */
  readonly absent: State<R>[] = [];
  /** Matchers that must be asked one by one. */
  readonly arcs: Arc<R>[] = [];
  #texts: ExactIndex<State<R>> | undefined;
  #numbers: Map<number, State<R>[]> | undefined;
  #size = 0;

  constructor(path: number) {
    this.path = path;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  add(matcher: Matcher, to: State<R>): void {
    this.#size++;
    const { key } = matcher;
    if (matcher.wantsAbsence === true) this.absent.push(to);
    else if (typeof key === "string") {
      this.#texts ??= new ExactIndex();
      this.#texts.add(key, to);
    } else if (typeof key === "number") {
      this.#numbers ??= new Map();
      const targets = this.#numbers.get(key);
      if (targets === undefined) this.#numbers.set(key, [to]);
      else targets.push(to);
    } else {
      const { screen, acceptsRuledOut = false } = matcher;
      this.arcs.push({ matcher, screen, acceptsRuledOut, to });
    }
  }

  delete(matcher: Matcher, to: State<R>): void {
    this.#size--;
    const { key } = matcher;
    if (matcher.wantsAbsence === true) this.absent.splice(this.absent.indexOf(to), 1);
    else if (typeof key === "string") this.#texts!.delete(key, to);
    else if (typeof key === "number") {
      const targets = this.#numbers!.get(key)!;
      targets.splice(targets.indexOf(to), 1);
      if (targets.length === 0) this.#numbers!.delete(key);
    } else
      this.arcs.splice(
        this.arcs.findIndex((arc) => arc.to === to),
        1,
      );
  }

  /** Where a value leads by being exactly this text or number. */
  exact(value: Value): readonly State<R>[] | undefined {
    if (value.kind === Kind.string) return this.#texts?.find(value);
    if (value.kind === Kind.number && this.#numbers !== undefined) return this.#numbers.get(value.double);
    return undefined;
  }

  /** Whether a value leads anywhere. */
  leadsOn(value: Value): boolean {
    return this.exact(value) !== undefined || this.arcs.some(({ matcher }) => matcher.test(value));
  }

  /** Whether nothing that this step leads to can add a rule for this event. */
  isDone(event: number): boolean {
    if (this.#texts !== undefined || this.#numbers !== undefined) return false;
    for (const { to } of this.arcs) if (to.done !== event) return false;
    return true;
  }

  /** Every state that some answer leads to. */
  *targets(): Generator<State<R>> {
    yield* this.absent;
    for (const { to } of this.arcs) yield to;
    if (this.#texts !== undefined) yield* this.#texts.targets();
    if (this.#numbers !== undefined) for (const targets of this.#numbers.values()) yield* targets;
  }
}
