import type { Matcher } from "../operators/operator.ts";
import type { Screen } from "../value/screen.ts";
import { Kind, type Value } from "../value/value.ts";

/** A matcher that must be asked, and where it leads. */
export interface Arc<T> {
  readonly matcher: Matcher;
  readonly screen: Screen | undefined;
  readonly acceptsRuledOut: boolean;
  readonly to: T;
}

/** Whether a value takes this arc. What the screen can tell costs less than asking the matcher. */
export const accepts = <T>({ matcher, screen, acceptsRuledOut }: Arc<T>, value: Value): boolean =>
  screen?.rulesOut(value) === true ? acceptsRuledOut : matcher.test(value);

/** What is known of a value before any matcher is asked: where it leads for sure, and whom to ask. */
export interface Outlook<T> {
  readonly sure: readonly T[];
  readonly unsure: readonly Arc<T>[];
}

/** So many outlooks on strings are remembered; a power of two. */
const room = 512;
const longest = 0x7fff;
/** With fewer arcs, asking each about a string costs less than remembering. */
const many = 4;

/**
 * Values that are alike from afar have one outlook, and it is remembered: strings with the same length, first byte and
 * last byte; numbers between two neighbouring bounds; each of `true`, `false` and `null`.
 */
export class Outlooks<T> {
  readonly #arcs: readonly Arc<T>[];
  #keys: Int32Array | undefined;
  readonly #texts: Outlook<T>[] = [];
  readonly #words: Outlook<T>[] = [];
  /** The bounds in order; outlooks on numbers at each of them and between them. */
  readonly #bounds: Float64Array;
  readonly #numbers: Outlook<T>[] = [];
  readonly #allUnsure: Outlook<T>;

  constructor(arcs: readonly Arc<T>[]) {
    this.#arcs = arcs;
    this.#bounds = new Float64Array(new Set(arcs.flatMap(({ matcher }) => matcher.bounds ?? []))).sort();
    this.#allUnsure = { sure: [], unsure: arcs };
  }

  of(value: Value): Outlook<T> {
    if (value.kind === Kind.string) return value.isPlain ? this.#ofText(value) : this.#allUnsure;
    if (value.kind === Kind.number) return this.#ofNumber(value);
    this.#words[value.kind] ??= this.#decide(value, () => true);
    return this.#words[value.kind]!;
  }

  #ofText(value: Value): Outlook<T> {
    const { bytes, start, end } = value;
    const length = end - start;
    if (length > longest || this.#arcs.length < many) return this.#allUnsure;
    const key = length === 0 ? 0 : (length << 16) | (bytes[start]! << 8) | bytes[end - 1]!;
    const slot = Math.imul(key, 0x9e3779b1) >>> 23;
    this.#keys ??= new Int32Array(room).fill(-1);
    if (this.#keys[slot] !== key) {
      this.#keys[slot] = key;
      this.#texts[slot] = this.#decide(value, () => false);
    }
    return this.#texts[slot]!;
  }

  /** Numbers that do not compare by value are alike only to tests of texts. */
  #ofNumber(value: Value): Outlook<T> {
    const { double } = value;
    if (Number.isNaN(double)) return this.#allUnsure;
    const bounds = this.#bounds;
    let below = 0;
    while (below < bounds.length && bounds[below]! < double) below++;
    const region = 2 * below + (bounds[below] === double ? 1 : 0);
    this.#numbers[region] ??= this.#decide(value, ({ bounds: known }) => known !== undefined);
    return this.#numbers[region]!;
  }

  /** `isAlike` tells whose answer to this value is also the answer to all that are like it. */
  #decide(value: Value, isAlike: (matcher: Matcher) => boolean): Outlook<T> {
    const sure: T[] = [];
    const unsure: Arc<T>[] = [];
    for (const arc of this.#arcs) {
      const { matcher, screen, acceptsRuledOut, to } = arc;
      const isRuledOut = screen?.rulesOut(value) === true;
      if (!isRuledOut && !isAlike(matcher)) unsure.push(arc);
      else if (isRuledOut ? acceptsRuledOut : matcher.test(value)) sure.push(to);
    }
    return { sure, unsure };
  }
}
