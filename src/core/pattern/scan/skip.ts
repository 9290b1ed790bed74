import { buildGrammar, close, type Grammar, openObject, quiet } from "./grammar.ts";

/** Taken off what says where the fault is, when the fault is depth: more than any offset. */
export const tooDeep = 2 ** 40;

/** For each level of the value that is being passed over, whether it is an object. */
const isObjectAt: boolean[] = [];

/**
 * Passes over an object or array without looking at what it says, and checks it on the way. Gives the offset behind
 * it, or, where it is broken or not closed before `end`, -1 - the offset of the fault, and `tooDeep` less than that
 * where it has more than `depth` levels.
 *
 * Two bytes are taken at once, since the time goes into waiting for the table; where something opens, closes or is
 * wrong between the two, they are taken singly.
 */
export function skipByTable(bytes: Uint8Array, start: number, end: number, depth: number): number {
  if (++calls === enough || tables === undefined) tables = buildTables();
  const { table, object, array, afterInObject, afterInArray, first, second, next } = tables;
  const last = end - 1;
  if (depth < 1) return -1 - start - tooDeep;
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
      } else if (state > close) return -1 - at;
      else if (++level >= depth) return -1 - at - tooDeep;
      else {
        isObjectAt[level] = state === openObject;
        state = isObjectAt[level] ? object : array;
      }
    }
  }
  return -1 - end;
}

/** The grammar, kinds of bytes that it does not tell apart, and the states that pairs of them lead to. */
interface Tables extends Grammar {
  /** The kind of the first byte of a pair, moved to its place in an index. */
  readonly first: Uint16Array;
  readonly second: Uint8Array;
  readonly next: Uint8Array;
}

/** What takes two bytes singly: something opens, closes or is wrong, or is outside ASCII. */
const busy = 0xff;
const kinds = 32;
/** So many calls are worth the time that it takes to work out the pairs; before, all bytes are taken singly. */
const enough = 100;
let calls = 0;
let tables: Tables | undefined;

function buildTables(): Tables {
  const grammar = buildGrammar();
  const next = new Uint8Array(grammar.states << 10).fill(busy);
  if (calls < enough) return { ...grammar, first: new Uint16Array(256), second: new Uint8Array(256), next };
  const samples: number[] = [];
  const second = kindsOfBytes(grammar, samples);
  for (let state = 0; state < grammar.states; state++)
    for (let a = 0; a < samples.length; a++) {
      const between = grammar.table[(state << 8) | samples[a]!]!;
      if (between >= quiet) continue;
      for (let b = 0; b < samples.length; b++) {
        const behind = grammar.table[(between << 8) | samples[b]!]!;
        if (behind < quiet) next[(state << 10) | (a << 5) | b] = behind;
      }
    }
  return { ...grammar, first: Uint16Array.from(second, (kind) => kind << 5), second, next };
}

/** Two bytes are of one kind where they lead from every state to the same one. The last kind is outside ASCII. */
function kindsOfBytes({ table, states }: Grammar, samples: number[]): Uint8Array {
  const isSame = (a: number, b: number): boolean => {
    for (let state = 0; state < states; state++)
      if (table[(state << 8) | a] !== table[(state << 8) | b]) return false;
    return true;
  };
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    if (byte >= 0x80) return kinds - 1;
    const kind = samples.findIndex((sample) => isSame(sample, byte));
    return kind >= 0 ? kind : samples.push(byte) - 1;
  });
}
