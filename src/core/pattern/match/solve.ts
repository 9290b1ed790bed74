import { Value } from "../value/value.ts";
import type { Facts } from "./facts.ts";
import type { State, Step } from "./state.ts";

/** From this many steps on, the search remembers where it has been; before, remembering costs more than it saves. */
const patience = 2000;
/** So many more steps than paths are taken one by one. */
const few = 8;
/** So many values of one path are many. */
const long = 32;

/**
 * Finds the rules whose fields can all be satisfied at once: one value for each field, and no array used with two
 * different elements. Fields are taken in the order of their paths; what later fields say does not count for
 * `exists: false`. All choices are tried.
 */
export class Solver<R> {
  readonly #value = new Value();
  /** The element that each array is used with so far, or -1. */
  readonly #chosen: number[] = [];
  /** A number for what has been chosen so far; a state need not be visited twice in the same context. */
  #context = 0;
  #contexts = 0;
  #event = 0;
  /** The context in which nothing has been chosen. */
  #outset = 0;
  /** For steps with many values, those that lead on at all. */
  readonly #satisfying = new Map<Step<R>, number[]>();
  #steps = 0;
  /** What `#hasBeen` remembers, and the arrays that each state can still look into. */
  readonly #been = new Set<string>();
  readonly #below = new Map<State<R>, ReadonlySet<number>>();
  #facts!: Facts;
  #accept!: (rule: R) => boolean;

  /** Calls `accept` for each rule (some more than once) until it says that this is enough; `true` if it did. */
  solve(root: State<R>, facts: Facts, accept: (rule: R) => boolean): boolean {
    this.#facts = facts;
    this.#accept = accept;
    this.#context = ++this.#contexts;
    this.#event++;
    this.#outset = this.#context;
    if (this.#steps > patience) {
      this.#been.clear();
      this.#below.clear();
    }
    if (this.#satisfying.size > 0) this.#satisfying.clear();
    this.#steps = 0;
    for (let i = 0; i < facts.arrays; i++) this.#chosen[i] = -1;
    return this.#visit(root);
  }

  #visit(state: State<R>): boolean {
    if (state.seen === this.#context) return false;
    state.seen = this.#context;
    // Without places there is only one context, and that was looked at above.
    if (++this.#steps > patience && this.#facts.places > 1 && this.#hasBeen(state)) return false;
    const { accepts, steps } = state;
    for (let i = 0; i < accepts.length; i++) if (this.#accept(accepts[i]!)) return true;
    if (steps.length > this.#facts.touchedCount + few) {
      if (this.#takeTouched(state)) return true;
    } else for (let i = 0; i < steps.length; i++) if (this.#take(steps[i]!)) return true;
    if (steps.length === 0 || state.only?.done === this.#event) state.done = this.#event;
    return false;
  }

  /** The rules of a state from which nothing leads on: after that, it need not be visited again for the event. */
  #acceptAll(state: State<R>): boolean {
    state.done = this.#event;
    const { accepts } = state;
    for (let i = 0; i < accepts.length; i++) if (this.#accept(accepts[i]!)) return true;
    return false;
  }

  /** Where rules ask for more paths than the event has, its paths are looked up instead of theirs. */
  #takeTouched(state: State<R>): boolean {
    const { touched, touchedCount, first } = this.#facts;
    for (let i = 0; i < touchedCount; i++) {
      const step = state.stepFor(touched[i]!);
      if (step !== undefined && this.#take(step)) return true;
    }
    for (const step of state.steps)
      if (step.absent.length > 0 && first[step.path]! < 0 && this.#take(step)) return true;
    return false;
  }

  #take(step: Step<R>): boolean {
    const facts = this.#facts;
    if (this.#context !== this.#outset && facts.size[step.path]! > long && step.absent.length === 0)
      return this.#takeSatisfying(step);
    let isThere = false;
    for (let i = facts.first[step.path]!; i >= 0; i = facts.next[i]!) {
      const place = facts.place[i]!;
      if (place !== 0 && !this.#agrees(place)) continue;
      isThere = true;
      if (place === 0 ? this.#follow(step, i) : this.#followInto(step, i, place)) return true;
      if (facts.next[i]! >= 0 && step.isDone(this.#event)) return false;
    }
    if (isThere) return false;
    for (const state of step.absent) if (this.#visit(state)) return true;
    return false;
  }

  /** As `#take`, for many values that are asked again for every choice: those that lead nowhere are left out. */
  #takeSatisfying(step: Step<R>): boolean {
    const { first, next, place } = this.#facts;
    let values = this.#satisfying.get(step);
    if (values === undefined) {
      values = [];
      for (let i = first[step.path]!; i >= 0; i = next[i]!)
        if (step.leadsOn(this.#facts.read(i, this.#value))) values.push(i);
      this.#satisfying.set(step, values);
    }
    for (const i of values) {
      const around = place[i]!;
      if (around !== 0 && !this.#agrees(around)) continue;
      if (around === 0 ? this.#follow(step, i) : this.#followInto(step, i, around)) return true;
    }
    return false;
  }

  #follow(step: Step<R>, i: number): boolean {
    const value = this.#facts.read(i, this.#value);
    const exact = step.exact(value);
    const { arcs } = step;
    if (exact !== undefined) {
      for (const state of exact) if (this.#visit(state)) return true;
      this.#facts.read(i, value);
    }
    for (let a = 0; a < arcs.length; a++) {
      const { matcher, screen, acceptsRuledOut, to } = arcs[a]!;
      if (to.seen === this.#context || to.done === this.#event) continue;
      if (!(screen?.rulesOut(value) === true ? acceptsRuledOut : matcher.test(value))) continue;
      if (to.steps.length === 0) {
        if (this.#acceptAll(to)) return true;
        continue;
      }
      if (this.#visit(to)) return true;
      // The value is the solver's own, and others have been read into it meanwhile.
      this.#facts.read(i, value);
    }
    return false;
  }

  #followInto(step: Step<R>, i: number, place: number): boolean {
    const { array, index, outer } = this.#facts;
    const context = this.#context;
    const chosen = this.#chosen;
    let fixed = 0;
    for (let p = place; p !== 0; p = outer[p]!) {
      if (chosen[array[p]!] !== -1) break;
      chosen[array[p]!] = index[p]!;
      fixed++;
    }
    if (fixed > 0) this.#context = ++this.#contexts;
    const isDone = this.#follow(step, i);
    for (let p = place; fixed > 0; p = outer[p]!, fixed--) chosen[array[p]!] = -1;
    this.#context = context;
    return isDone;
  }

  /** Whether no array around the place is used with another element. Once one is chosen, so are those around it. */
  #agrees(place: number): boolean {
    const { array, index, outer } = this.#facts;
    for (let p = place; p !== 0; p = outer[p]!) {
      const chosen = this.#chosen[array[p]!]!;
      if (chosen !== -1 && chosen !== index[p]) return false;
    }
    return true;
  }

  /** Whether the state has been visited with the same choice in all the arrays that it can still look into. */
  #hasBeen(state: State<R>): boolean {
    const below = this.#below.get(state) ?? this.#arraysBelow(state);
    this.#below.set(state, below);
    let key = `${state.id}`;
    for (const array of below) if (this.#chosen[array] !== -1) key += ` ${array}:${this.#chosen[array]}`;
    if (this.#been.has(key)) return true;
    this.#been.add(key);
    return false;
  }

  #arraysBelow(state: State<R>): ReadonlySet<number> {
    const { first, next, place, outer, array } = this.#facts;
    const states = new Set([state]);
    const paths = new Set<number>();
    for (const { steps } of states)
      for (const step of steps) {
        paths.add(step.path);
        for (const to of step.targets()) states.add(to);
      }
    const arrays = new Set<number>();
    for (const path of paths)
      for (let i = first[path]!; i >= 0; i = next[i]!)
        for (let p = place[i]!; p !== 0 && !arrays.has(array[p]!); p = outer[p]!) arrays.add(array[p]!);
    return arrays;
  }
}
