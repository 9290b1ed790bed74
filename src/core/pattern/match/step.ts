import type { Matcher } from "../operators/operator.ts";
import { Kind, type Value } from "../value/value.ts";
import { ExactIndex } from "./exact-index.ts";
import { type Arc, type Outlook, Outlooks } from "./outlook.ts";
import type { State } from "./state.ts";

const nowhere: Outlook<never> = { sure: [], unsure: [] };

/** What rules ask of one path, and where each answer leads. */
export class Step<R> {
  readonly path: number;
  /** Where the absence of a value leads. */
  readonly absent: State<R>[] = [];
  /** Matchers that must be asked one by one. */
  readonly arcs: Arc<State<R>>[] = [];
  /** For which event its values have been asked, and those that lead on; see `solve.ts`. */
  asked = -1;
  readonly leading: number[] = [];
  #texts: ExactIndex<State<R>> | undefined;
  #numbers: Map<number, State<R>[]> | undefined;
  #size = 0;
  /** What is remembered of the arcs. */
  #outlooks: Outlooks<State<R>> | undefined;

  constructor(path: number) {
    this.path = path;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  add(matcher: Matcher, to: State<R>): void {
    this.#size++;
    this.#outlooks = undefined;
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
    this.#outlooks = undefined;
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

  /** Where else a value leads. */
  outlook(value: Value): Outlook<State<R>> {
    if (this.arcs.length === 0) return nowhere;
    this.#outlooks ??= new Outlooks(this.arcs);
    return this.#outlooks.of(value);
  }

  /** Whether a value leads anywhere. */
  leadsOn(value: Value): boolean {
    if (this.exact(value) !== undefined) return true;
    const { sure, unsure } = this.outlook(value);
    return sure.length > 0 || unsure.some(({ matcher }) => matcher.test(value));
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
