import { wellFormed } from "../value/text.ts";

const star = -1;
const encoder = new TextEncoder();

/** A prefix of wildcard patterns. `ends` holds, for each pattern that runs through here, where it leads. */
interface Prefix<S> {
  readonly isStar: boolean;
  isWhole: boolean;
  readonly children: Map<number, Prefix<S>>;
  readonly ends: Map<string, Set<S>>;
}

/** A step of a pattern: a byte or a star. Bytes of letters that have two cases are not shared behind a star. */
interface Step {
  readonly byte: number;
  readonly isCased: boolean;
}

/**
 * The wildcard patterns of one field, as one tree of their prefixes over UTF-8 bytes, quotes included. How much of it
 * patterns share decides how complex they are, so it is shared as in the engine and not as well as it could be.
 */
export class WildcardTree<S> {
  readonly #root = newPrefix<S>(false);
  readonly #ids = new Map<Prefix<S>, number>();

  /** Enters the words of one matcher. A word that cannot walk down to its end leads to a new place. */
  enter(words: readonly string[], matcher: string, known: S | undefined, make: () => S): S {
    const walks = words.map((word) => this.#walk(stepsOf(word)));
    const target = known !== undefined && walks.every(({ isOld }) => isOld) ? known : make();
    for (const { prefixes } of walks)
      for (const { ends } of prefixes) {
        const targets = ends.get(matcher) ?? new Set();
        ends.set(matcher, targets.add(target));
      }
    return target;
  }

  /** Whether more than `most` prefixes can be alive at once. */
  isOver(most: number): boolean {
    const first = spread([this.#root]);
    const seen = new Map([[keyOf(first, this.#ids), first]]);
    for (const alive of seen.values()) {
      if (weight(alive) > most) return true;
      for (const next of successors(alive)) {
        const key = keyOf(next, this.#ids);
        if (!seen.has(key)) seen.set(key, next);
      }
    }
    return false;
  }

  #walk(steps: readonly Step[]): { prefixes: Prefix<S>[]; isOld: boolean } {
    const prefixes: Prefix<S>[] = [];
    let at = this.#root;
    let isOld = true;
    let hasStar = false;
    for (const { byte, isCased } of steps) {
      const child = at.children.get(byte);
      const mayShare =
        !hasStar || byte === star || (!isCased && ![...at.children.values()].some(({ isStar }) => isStar));
      isOld &&= child !== undefined && mayShare;
      if (isOld) at = child!;
      else at = this.#grow(at, byte);
      hasStar ||= byte === star;
      prefixes.push(at);
    }
    at.isWhole = true;
    return { prefixes, isOld };
  }

  /** A node of one's own stands beside an older one of the same byte, so its key in the map is made up. */
  #grow(parent: Prefix<S>, byte: number): Prefix<S> {
    const child = newPrefix<S>(byte === star);
    let key = byte;
    while (parent.children.has(key)) key += sibling;
    parent.children.set(key, child);
    return child;
  }
}

/** Distance between the keys of nodes for the same byte; the star's keys stay apart from them. */
const sibling = 512;

const newPrefix = <S>(isStar: boolean): Prefix<S> => ({
  isStar,
  isWhole: false,
  children: new Map(),
  ends: new Map(),
});

function stepsOf(word: string): Step[] {
  const steps: Step[] = [{ byte: 0x22, isCased: false }];
  const text = wellFormed(word);
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "*") {
      steps.push({ byte: star, isCased: false });
      continue;
    }
    if (text[at] === "\\") at++;
    const character = String.fromCodePoint(text.codePointAt(at)!);
    at += character.length - 1;
    const isCased = character.toLowerCase() !== character.toUpperCase();
    for (const byte of encoder.encode(character)) steps.push({ byte, isCased });
  }
  steps.push({ byte: 0x22, isCased: false });
  return steps;
}

/** A star is alive as soon as it can be entered, that is, together with what stands before it. */
function spread<S>(prefixes: Iterable<Prefix<S>>): Set<Prefix<S>> {
  const alive = new Set(prefixes);
  for (const prefix of alive)
    for (const child of prefix.children.values()) if (child.isStar) alive.add(child);
  return alive;
}

/** A prefix counts once for every pattern through it; all whole patterns, once for each place that a matcher leads to. */
function weight<S>(alive: ReadonlySet<Prefix<S>>): number {
  let sum = 0;
  const matched = new Map<string, Set<S>>();
  for (const { ends, isWhole } of alive) {
    if (!isWhole) sum += ends.size;
    else for (const [matcher, targets] of ends) matched.set(matcher, union(matched.get(matcher), targets));
  }
  for (const targets of matched.values()) sum += targets.size;
  return sum;
}

const union = <S>(some: ReadonlySet<S> | undefined, others: ReadonlySet<S>): Set<S> =>
  new Set([...(some ?? []), ...others]);

/** What is alive after each byte that makes a difference, and after any other byte: then only the stars. */
function* successors<S>(alive: ReadonlySet<Prefix<S>>): Generator<Set<Prefix<S>>> {
  const stars = [...alive].filter(({ isStar }) => isStar);
  const byByte = new Map<number, Prefix<S>[]>();
  for (const prefix of alive)
    for (const [key, child] of prefix.children)
      if (!child.isStar) byByte.set(key % sibling, [...(byByte.get(key % sibling) ?? []), child]);
  if (stars.length > 0) yield spread(stars);
  for (const children of byByte.values()) yield spread([...stars, ...children]);
}

const keyOf = <S>(alive: ReadonlySet<Prefix<S>>, ids: Map<Prefix<S>, number>): string => {
  const numbers: number[] = [];
  for (const prefix of alive) {
    if (!ids.has(prefix)) ids.set(prefix, ids.size);
    numbers.push(ids.get(prefix)!);
  }
  return numbers.sort((a, b) => a - b).join();
};
