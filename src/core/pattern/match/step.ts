import type { Matcher } from "../operators/operator.ts";
import { Kind, type Value } from "../value/value.ts";
import { added, emptyList } from "./list.ts";
import { type Arc, type Outlook, Outlooks } from "./outlook.ts";
import type { State } from "./state.ts";
import type { Texts } from "./texts.ts";
import { Ways } from "./ways.ts";

const nowhere: Outlook<never> = { sure: [], unsure: [] };

/** What rules ask of one path, and where each answer leads. */
export class Step<R> {
  readonly path: number;
  /** Where the absence of a value leads. */
  absent: State<R>[] = emptyList();
  /** Matchers that must be asked one by one. */
  arcs: Arc<State<R>>[] = emptyList();
  /** For which event its values have been asked, and those that lead on; see `solve.ts`. */
  asked = -1;
  leading: number[] = emptyList();
  /** By the number of the text. */
  #texts: Ways<State<R>> | undefined;
  #numbers: Ways<State<R>> | undefined;
  #size = 0;
  /** What is remembered of the arcs. */
  #outlooks: Outlooks<State<R>> | undefined;

  constructor(path: number) {
    this.path = path;
  }

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  add(matcher: Matcher, to: State<R>, texts: Texts): void {
    this.#size++;
    this.#outlooks = undefined;
    const { key } = matcher;
    if (matcher.wantsAbsence === true) this.absent = added(this.absent, to);
    else if (typeof key === "string") {
      this.#texts ??= new Ways();
      this.#texts.add(texts.add(key), to);
    } else if (typeof key === "number") {
      this.#numbers ??= new Ways();
      this.#numbers.add(key, to);
    } else {
      const { screen, acceptsRuledOut = false } = matcher;
      this.arcs = added(this.arcs, { matcher, screen, acceptsRuledOut, to });
    }
  }

  delete(matcher: Matcher, to: State<R>, texts: Texts): void {
    this.#size--;
    this.#outlooks = undefined;
    const { key } = matcher;
    if (matcher.wantsAbsence === true) this.absent.splice(this.absent.indexOf(to), 1);
    else if (typeof key === "string") this.#texts!.delete(texts.add(key), to);
    else if (typeof key === "number") this.#numbers!.delete(key, to);
    else {
      const at = this.arcs.findIndex((arc) => arc.to === to);
      this.arcs.splice(at, 1);
    }
  }

  /** Where a value leads by being exactly this text or number. */
  exact(value: Value, texts: Texts): readonly State<R>[] | undefined {
    if (value.kind === Kind.string) {
      if (this.#texts === undefined) return undefined;
      const number = texts.find(value);
      return number < 0 ? undefined : this.#texts.find(number);
    }
    if (value.kind === Kind.number && this.#numbers !== undefined) return this.#numbers.find(value.double);
    return undefined;
  }

  /** Where else a value leads. */
  outlook(value: Value): Outlook<State<R>> {
    if (this.arcs.length === 0) return nowhere;
    this.#outlooks ??= new Outlooks(this.arcs);
    return this.#outlooks.of(value);
  }

  /** Whether a value leads anywhere. */
  leadsOn(value: Value, texts: Texts): boolean {
    if (this.exact(value, texts) !== undefined) return true;
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
    if (this.#numbers !== undefined) yield* this.#numbers.targets();
  }
}
