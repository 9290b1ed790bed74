import { buildGrammar, close, openObject, quiet } from "./grammar.ts";

const { table, states, object, array, afterInObject, afterInArray } = buildGrammar();

/** For each level of the value that is being passed over, whether it is an object. */
const isObjectAt: boolean[] = [];

/**
 * Passes over an object or array without looking at what it says, and checks it on the way. Gives the offset behind
 * it, or, where it is broken, or not closed before `end`, or nested deeper than `depth`, -1 - the offset of the fault.
 *
 * Two bytes are taken at once, since the time goes into waiting for the table; where something opens, closes or is
 * wrong between the two, they are taken singly.
 */
export function skipContainer(bytes: Uint8Array, start: number, end: number, depth: number): number {
  const { first, second, next } = pairs ?? buildPairs();
  const last = end - 1;
  let level = 0;
  let state = bytes[start] === 0x7b ? object : array;
  isObjectAt[0] = state === object;
  let at = start + 1;
  while (at < end) {
    while (at < last) {
      const following = next[(state << 10) | first[bytes[at]!]! | second[bytes[at + 1]!]!]!;
      if (following === busy) break;
      state = following;
      at += 2;
    }
    // One byte or two, until nothing opens or closes any more.
    for (let singles = 0; singles < 2 && at < end; singles++, at++) {
      state = table[(state << 8) | bytes[at]!]!;
      if (state < quiet) continue;
      if (state === close) {
        if (level === 0) return at + 1;
        state = isObjectAt[--level] ? afterInObject : afterInArray;
      } else if (state > close || ++level >= depth) return -1 - at;
      else {
        isObjectAt[level] = state === openObject;
        state = isObjectAt[level] ? object : array;
      }
    }
  }
  return -1 - end;
}

/** Kinds of bytes that the grammar does not tell apart, and the states that pairs of them lead to. */
interface Pairs {
  /** The kind of the first byte of a pair, moved to its place in an index. */
  readonly first: Uint16Array;
  readonly second: Uint8Array;
  readonly next: Uint8Array;
}

/** What takes two bytes singly: something opens, closes or is wrong, or is outside ASCII. */
const busy = 0xff;
const kinds = 32;
let pairs: Pairs | undefined;

/** Made when it is first needed: most programs that load this never pass over anything. */
function buildPairs(): Pairs {
  const samples: number[] = [];
  const second = kindsOfBytes(samples);
  const first = Uint16Array.from(second, (kind) => kind << 5);
  const next = new Uint8Array(states << 10).fill(busy);
  for (let state = 0; state < states; state++)
    for (const [a, byte] of samples.entries()) {
      const between = table[(state << 8) | byte]!;
      if (between >= quiet) continue;
      for (const [b, other] of samples.entries()) {
        const behind = table[(between << 8) | other]!;
        if (behind < quiet) next[(state << 10) | (a << 5) | b] = behind;
      }
    }
  pairs = { first, second, next };
  return pairs;
}

/** Two bytes are of one kind where they lead from every state to the same one. The last kind is outside ASCII. */
function kindsOfBytes(samples: number[]): Uint8Array {
  const known = new Map<string, number>();
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    if (byte >= 0x80) return kinds - 1;
    const column = Array.from({ length: states }, (__, state) => table[(state << 8) | byte]).join();
    const kind = known.get(column) ?? samples.push(byte) - 1;
    known.set(column, kind);
    return kind;
  });
}
