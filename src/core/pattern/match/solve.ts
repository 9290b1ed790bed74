import { Been } from "./been.ts";
import type { Facts } from "./facts.ts";
import type { Graph } from "./graph.ts";
import { type Arc, accepts, type Outlook } from "./outlook.ts";
import type { State } from "./state.ts";
import type { Step } from "./step.ts";
import { Values } from "./values.ts";

/** From this many steps on, the search remembers where it has been; before, remembering costs more than it saves. */
const patience = 2000;
/** So many more steps than paths are taken one by one. */
const few = 8;
/** So many values of one path are asked once for the event, and not again for every choice. */
const several = 3;

const nowhere: Outlook<never> = { sure: [], unsure: [] };

/**
 * Finds the rules whose fields can all be satisfied at once: one value for each field, and no array used with two
 * different elements. Fields are taken in the order of their paths; what later fields say does not count for
 * `exists: false`. All choices are tried.
 */
export class Solver<R> {
  readonly #graph: Graph<R>;
  readonly #values: Values;
  /** The element that each array is used with so far, or -1. */
  readonly #chosen: number[] = [];
  /** A number for what has been chosen so far; a state need not be visited twice in the same context. */
  #context = 0;
  #contexts = 0;
  #event = 0;
  /** The context in which nothing has been chosen. */
  #outset = 0;
  #steps = 0;
  readonly #been: Been<R>;
  #facts!: Facts;
  #accept!: (rule: R) => boolean;

  constructor(graph: Graph<R>) {
    this.#graph = graph;
    this.#been = new Been(graph);
    this.#values = new Values(graph.literals);
  }

  /** Calls `accept` for each rule (some more than once) until it says that this is enough; `true` if it did. */
  solve(facts: Facts, accept: (rule: R) => boolean): boolean {
    this.#facts = facts;
    this.#accept = accept;
    this.#context = ++this.#contexts;
    this.#event++;
    this.#outset = this.#context;
    if (this.#steps > patience) {
      this.#been.forget();
    }
    this.#steps = 0;
    this.#values.take(facts);
    for (let i = 0; i < facts.arrays; i++) this.#chosen[i] = -1;
    return this.#visit(this.#graph.root);
  }

  #visit(state: State<R>): boolean {
    if (state.seen === this.#context) return false;
    state.seen = this.#context;
    // Without places there is only one context, and that was looked at above.
    if (++this.#steps > patience && this.#facts.places > 1 && this.#been.in(state, this.#chosen, this.#facts))
      return false;
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
    if (!isOutset && size[step.path]! >= several && step.absent.length === 0) {
      if (step.taken === this.#event) return this.#takeSatisfying(step);
      step.taken = this.#event;
    }
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
        if ((step.hasExits && this.#exit(step, i) >= 0) || step.leadsOn(this.#values.get(i))) leading.push(i);
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
    const { sure, unsure } = this.#outlook(step, i);
    const exit = step.hasExits ? this.#exit(step, i) : -1;
    if (unsure.length === 0 && !this.#isAnyExitOpen(exit) && !this.#isAnyOpen(sure)) return false;
    const context = this.#context;
    const fixed = place === 0 ? 0 : this.#choose(place);
    const isEnough = this.#reachExits(exit) || this.#reachAll(sure) || this.#ask(unsure, i);
    if (fixed > 0) this.#release(place, fixed);
    this.#context = context;
    return isEnough;
  }

  #outlook(step: Step<R>, i: number): Outlook<State<R>> {
    return step.arcs.length === 0 ? nowhere : step.outlook(this.#values.get(i));
  }

  /** The first exit that a value takes by being an exact one, or -1: also where behind the exit nothing can match. */
  #exit({ number }: Step<R>, i: number): number {
    const literal = this.#values.literal(i);
    if (literal === -1) return -1;
    const { exits } = this.#graph;
    const slot = exits.find(number, literal);
    return slot < 0 || this.#isShut(exits.gate(slot)) ? -1 : exits.first(slot);
  }

  /** Whether no value of a path is an exact one that somebody asks for. */
  #isShut(path: number): boolean {
    if (path < 0) return false;
    const { first, next, size } = this.#facts.columns;
    if (first[path]! >= 0 && size[path]! >= several) return false;
    for (let i = first[path]!; i >= 0; i = next[i]!) if (this.#values.literal(i) !== -1) return false;
    return true;
  }

  #isAnyExitOpen(first: number): boolean {
    const { exits } = this.#graph;
    for (let exit = first; exit >= 0; exit = exits.next(exit))
      if (exits.to(exit).done !== this.#event) return true;
    return false;
  }

  #reachExits(first: number): boolean {
    const { exits } = this.#graph;
    for (let exit = first; exit >= 0; exit = exits.next(exit)) if (this.#reach(exits.to(exit))) return true;
    return false;
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
    for (let a = 0; a < arcs.length; a++) {
      const { to } = arcs[a]!;
      if (to.seen === this.#context || to.done === this.#event) continue;
      if (accepts(arcs[a]!, this.#values.get(i)) && this.#reach(to)) return true;
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
}
