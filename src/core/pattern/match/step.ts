import type { Matcher } from "../operators/operator.ts";
import type { Value } from "../value/value.ts";
import type { Graph } from "./graph.ts";
import { added, emptyList } from "./list.ts";
import { type Arc, accepts, type Outlook, Outlooks } from "./outlook.ts";
import type { State } from "./state.ts";

const nowhere: Outlook<never> = { sure: [], unsure: [] };

/** What rules ask of one path, and where each answer leads. */
export class Step<R> {
  readonly path: number;
  readonly number: number;
  /** Where the absence of a value leads. */
  absent: State<R>[] = emptyList();
  /** Matchers that must be asked one by one. */
  arcs: Arc<State<R>>[] = emptyList();
  /** The last event for which some choice has led here. */
  taken = -1;
  /** For which event its values have been asked, and those that lead on; see `solve.ts`. */
  asked = -1;
  leading: number[] = emptyList();
  /** Whether some exact values lead on from here; where to is in `exits.ts`. */
  hasExits = false;
  #size = 0;
  /** What is remembered of the arcs. */
  #outlooks: Outlooks<State<R>> | undefined;

  constructor(path: number, number: number) {
    this.path = path;
    this.number = number;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  add(matcher: Matcher, to: State<R>, { literals, exits }: Graph<R>): void {
    this.#size++;
    this.#outlooks = undefined;
    const { key, screen, acceptsRuledOut = false } = matcher;
    if (matcher.wantsAbsence === true) this.absent = added(this.absent, to);
    else if (key === undefined) this.arcs = added(this.arcs, { matcher, screen, acceptsRuledOut, to });
    else {
      this.hasExits = true;
      exits.add(this.number, literals.add(key), to);
    }
  }

  delete(matcher: Matcher, to: State<R>, { literals, exits }: Graph<R>): void {
    this.#size--;
    this.#outlooks = undefined;
    const { key } = matcher;
    if (matcher.wantsAbsence === true) this.absent.splice(this.absent.indexOf(to), 1);
    else if (key !== undefined) exits.delete(this.number, literals.add(key), to);
    else {
      const at = this.arcs.findIndex((arc) => arc.to === to);
      this.arcs.splice(at, 1);
    }
  }

  /** Where else a value leads. */
  outlook(value: Value): Outlook<State<R>> {
    if (this.arcs.length === 0) return nowhere;
    this.#outlooks ??= new Outlooks(this.arcs);
    return this.#outlooks.of(value);
  }

  /** The path, when exact values of it are all that is asked; otherwise -1. */
  get gate(): number {
    return this.hasExits && this.absent.length === 0 && this.arcs.length === 0 ? this.path : -1;
  }

  /** Whether a value leads anywhere but to exits. */
  leadsOn(value: Value): boolean {
    const { sure, unsure } = this.outlook(value);
    if (sure.length > 0) return true;
    for (let a = 0; a < unsure.length; a++) if (accepts(unsure[a]!, value)) return true;
    return false;
  }

  /** Whether nothing that this step leads to can add a rule for this event. */
  isDone(event: number): boolean {
    if (this.hasExits) return false;
    for (const { to } of this.arcs) if (to.done !== event) return false;
    return true;
  }

  /** Every state that some answer leads to. */
  *targets({ exits }: Graph<R>): Generator<State<R>> {
    yield* this.absent;
    for (const { to } of this.arcs) yield to;
    if (this.hasExits) yield* exits.from(this.number);
  }
}
