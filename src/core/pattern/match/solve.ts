import { Value } from "../value/value.ts";
import type { Facts } from "./facts.ts";
import type { Arc } from "./outlook.ts";
import type { State } from "./state.ts";
import type { Step } from "./step.ts";
import type { Texts } from "./texts.ts";

/** From this many steps on, the search remembers where it has been; before, remembering costs more than it saves. */
const patience = 2000;
/** So many more steps than paths are taken one by one. */
const few = 8;
/** So many values of one path are asked once for the event, and not again for every choice. */
const several = 3;

const nowhere: readonly never[] = [];

/**
 * Finds the rules whose fields can all be satisfied at once: one value for each field, and no array used with two
 * different elements. Fields are taken in the order of their paths; what later fields say does not count for
 * `exists: false`. All choices are tried.
 */
export class Solver<R> {
  readonly #texts: Texts;
  readonly #value = new Value();
  /** Which of the facts has been read into it last. */
  #read = -1;
  /** The element that each array is used with so far, or -1. */
  readonly #chosen: number[] = [];
  /** A number for what has been chosen so far; a state need not be visited twice in the same context. */
  #context = 0;
  #contexts = 0;
  #event = 0;
  /** The context in which nothing has been chosen. */
  #outset = 0;
  #steps = 0;
  /** What `#hasBeen` remembers, and the arrays that each state can still look into. */
  readonly #been = new Set<string>();
  readonly #below = new Map<State<R>, ReadonlySet<number>>();
  #facts!: Facts;
  #accept!: (rule: R) => boolean;

  constructor(texts: Texts) {
    this.#texts = texts;
  }

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
    if (this.#isDone(state)) state.done = this.#event;
    return false;
  }

  /** Whether a state that has been visited need not be visited again for the event. */
  #isDone({ steps, only }: State<R>): boolean {
    if (steps.length === 0 || only?.done === this.#event) return true;
    if (steps.length > 1) return false;
    const { asked, leading, absent, path } = steps[0]!;
    if (absent.length > 0) return false;
    return this.#facts.columns.first[path]! < 0 || (asked === this.#event && leading.length === 0);
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
    const { touchedCount } = this.#facts;
    const { touched, first } = this.#facts.columns;
    for (let i = 0; i < touchedCount; i++) {
      const step = state.stepFor(touched[i]!);
      if (step !== undefined && this.#take(step)) return true;
    }
    for (const step of state.steps)
      if (step.absent.length > 0 && first[step.path]! < 0 && this.#take(step)) return true;
    return false;
  }

  #take(step: Step<R>): boolean {
    const { first, next, size, place } = this.#facts.columns;
    const isOutset = this.#context === this.#outset;
    if (!isOutset && size[step.path]! >= several && step.absent.length === 0)
      return this.#takeSatisfying(step);
    let isThere = false;
    for (let i = first[step.path]!; i >= 0; i = next[i]!) {
      if (!isOutset && place[i]! !== 0 && !this.#agrees(place[i]!)) continue;
      isThere = true;
      if (this.#follow(step, i, place[i]!)) return true;
      if (next[i]! >= 0 && step.isDone(this.#event)) return false;
    }
    if (isThere) return false;
    for (const state of step.absent) if (this.#visit(state)) return true;
    return false;
  }

  /** As `#take`, for several values that are asked again for every choice: those that lead nowhere are left out. */
  #takeSatisfying(step: Step<R>): boolean {
    const { first, next, place } = this.#facts.columns;
    if (step.asked === -1) step.leading = [];
    const { leading } = step;
    if (step.asked !== this.#event) {
      step.asked = this.#event;
      leading.length = 0;
      for (let i = first[step.path]!; i >= 0; i = next[i]!)
        if (step.leadsOn(this.#facts.read(i, this.#value), this.#texts)) leading.push(i);
      this.#read = -1;
    }
    for (let l = 0; l < leading.length; l++) {
      const i = leading[l]!;
      if (place[i]! !== 0 && !this.#agrees(place[i]!)) continue;
      if (this.#follow(step, i, place[i]!)) return true;
      if (step.isDone(this.#event)) return false;
    }
    return false;
  }

  /** Goes where a value leads, in the context of its place. */
  #follow(step: Step<R>, i: number, place: number): boolean {
    const value = this.#facts.read(i, this.#value);
    this.#read = i;
    const exact = step.exact(value, this.#texts) ?? nowhere;
    const { sure, unsure } = step.outlook(value);
    if (unsure.length === 0 && !this.#isAnyOpen(exact) && !this.#isAnyOpen(sure)) return false;
    const context = this.#context;
    const fixed = place === 0 ? 0 : this.#choose(place);
    const isEnough = this.#reachAll(exact) || this.#reachAll(sure) || this.#ask(unsure, i);
    if (fixed > 0) this.#release(place, fixed);
    this.#context = context;
    return isEnough;
  }

  #isAnyOpen(states: readonly State<R>[]): boolean {
    for (let s = 0; s < states.length; s++) if (states[s]!.done !== this.#event) return true;
    return false;
  }

  #reachAll(states: readonly State<R>[]): boolean {
    for (let s = 0; s < states.length; s++) if (this.#reach(states[s]!)) return true;
    return false;
  }

  #ask(arcs: readonly Arc<State<R>>[], i: number): boolean {
    const value = this.#value;
    for (let a = 0; a < arcs.length; a++) {
      const { matcher, screen, acceptsRuledOut, to } = arcs[a]!;
      if (to.seen === this.#context || to.done === this.#event) continue;
      // The value is the solver's own, and others may have been read into it meanwhile.
      if (this.#read !== i) this.#facts.read(i, value);
      this.#read = i;
      if (!(screen?.rulesOut(value) === true ? acceptsRuledOut : matcher.test(value))) continue;
      if (this.#reach(to)) return true;
    }
    return false;
  }

  #reach(state: State<R>): boolean {
    if (state.done === this.#event) return false;
    return state.steps.length === 0 ? this.#acceptAll(state) : this.#visit(state);
  }

  /** Uses the arrays around a place with the elements that it is in; gives how many had not been used so far. */
  #choose(place: number): number {
    const { array, index, outer } = this.#facts.columns;
    const chosen = this.#chosen;
    let fixed = 0;
    for (let p = place; p !== 0 && chosen[array[p]!] === -1; p = outer[p]!, fixed++)
      chosen[array[p]!] = index[p]!;
    if (fixed > 0) this.#context = ++this.#contexts;
    return fixed;
  }

  #release(place: number, fixed: number): void {
    const { array, outer } = this.#facts.columns;
    for (let p = place, left = fixed; left > 0; p = outer[p]!, left--) this.#chosen[array[p]!] = -1;
  }

  /** Whether no array around the place is used with another element. Once one is chosen, so are those around it. */
  #agrees(place: number): boolean {
    const { array, index, outer } = this.#facts.columns;
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
    const { first, next, place, outer, array } = this.#facts.columns;
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
