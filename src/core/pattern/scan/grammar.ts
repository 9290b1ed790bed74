/**
 * The grammar of JSON as an automaton over bytes: for each place in the grammar and each byte, the place behind it.
 * Only how objects and arrays lie in one another is left to whoever uses it.
 */

/** States below this one go on with the next byte; the others need a word with the user. */
export const quiet = 100;
export const openObject = 101;
export const openArray = 102;
export const close = 103;
const wrong = 104;

interface Builder {
  readonly table: Uint8Array;
  state: number;
}

const digits = range(0x30, 0x39);
const spaces = [0x20, 0x09, 0x0a, 0x0d];
const tail = range(0x80, 0xbf);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function on(builder: Builder, from: number, bytes: readonly number[], to: number): void {
  for (const byte of bytes) builder.table[(from << 8) | byte] = to;
}

const newState = (builder: Builder): number => builder.state++;

const code = (character: string): number[] => [character.charCodeAt(0)];

/** A string behind its opening quote, up to `after` behind the closing one; gives the state to enter it by. */
function addString(builder: Builder, after: number): number {
  const [text, escaped, u1, u2, u3, u4] = [1, 2, 3, 4, 5, 6].map(() => newState(builder)) as [
    ...[number, number, number, number, number, number],
  ];
  on(builder, text, range(0x20, 0x7f), text);
  on(builder, text, code('"'), after);
  on(builder, text, code("\\"), escaped);
  on(builder, escaped, [...'"\\/bfnrt'].flatMap(code), text);
  on(builder, escaped, code("u"), u1);
  const hex = [...digits, ...range(0x41, 0x46), ...range(0x61, 0x66)];
  for (const [from, to] of [
    [u1, u2],
    [u2, u3],
    [u3, u4],
    [u4, text],
  ] as const)
    on(builder, from, hex, to);
  addCharacters(builder, text);
  return text;
}

/** Characters outside ASCII, as UTF-8 allows them: no overlong forms, no surrogates, nothing above U+10FFFF. */
function addCharacters(builder: Builder, text: number): void {
  const [one, two, three, e0, ed, f0, f4] = [1, 2, 3, 4, 5, 6, 7].map(() => newState(builder)) as [
    ...[number, number, number, number, number, number, number],
  ];
  on(builder, text, range(0xc2, 0xdf), one);
  on(builder, text, range(0xe1, 0xef), two);
  on(builder, text, [0xe0], e0);
  on(builder, text, [0xed], ed);
  on(builder, text, range(0xf1, 0xf3), three);
  on(builder, text, [0xf0], f0);
  on(builder, text, [0xf4], f4);
  on(builder, one, tail, text);
  on(builder, two, tail, one);
  on(builder, three, tail, two);
  on(builder, e0, range(0xa0, 0xbf), one);
  on(builder, ed, range(0x80, 0x9f), one);
  on(builder, f0, range(0x90, 0xbf), two);
  on(builder, f4, range(0x80, 0x8f), two);
}

/** A value in a container, entered at `value`; `after` is the state behind it. */
function addValue(builder: Builder, value: number, after: number): void {
  on(builder, value, spaces, value);
  on(builder, value, code("{"), openObject);
  on(builder, value, code("["), openArray);
  on(builder, value, code('"'), addString(builder, after));
  for (const word of ["true", "false", "null"]) {
    let at = value;
    for (const letter of word.slice(0, -1)) {
      const next = newState(builder);
      on(builder, at, code(letter), next);
      at = next;
    }
    on(builder, at, code(word.at(-1)!), after);
  }
  addNumber(builder, value, after);
}

function addNumber(builder: Builder, value: number, after: number): void {
  const [minus, zero, whole, point, fraction, e, sign, exponent] = [1, 2, 3, 4, 5, 6, 7, 8].map(() =>
    newState(builder),
  ) as [...[number, number, number, number, number, number, number, number]];
  for (const end of [zero, whole, fraction, exponent])
    builder.table.copyWithin(end << 8, after << 8, (after + 1) << 8);
  on(builder, value, code("-"), minus);
  for (const start of [value, minus]) {
    on(builder, start, code("0"), zero);
    on(builder, start, digits.slice(1), whole);
  }
  on(builder, whole, digits, whole);
  for (const end of [zero, whole]) on(builder, end, code("."), point);
  for (const from of [point, fraction]) on(builder, from, digits, fraction);
  for (const end of [zero, whole, fraction]) on(builder, end, [...code("e"), ...code("E")], e);
  on(builder, e, [...code("+"), ...code("-")], sign);
  for (const from of [e, sign, exponent]) on(builder, from, digits, exponent);
}

/** The table, and the states behind what opens and closes. */
export interface Grammar {
  readonly table: Uint8Array;
  readonly states: number;
  readonly object: number;
  readonly array: number;
  readonly afterInObject: number;
  readonly afterInArray: number;
}

export function buildGrammar(): Grammar {
  const builder: Builder = { table: new Uint8Array((quiet + 5) << 8).fill(wrong), state: 0 };
  const [object, key, colon, inObject, afterInObject, array, inArray, afterInArray] = [
    1, 2, 3, 4, 5, 6, 7, 8,
  ].map(() => newState(builder)) as [...[number, number, number, number, number, number, number, number]];
  for (const from of [object, key, colon, afterInObject, array, afterInArray])
    on(builder, from, spaces, from);
  on(builder, afterInObject, code(","), key);
  on(builder, afterInObject, code("}"), close);
  on(builder, afterInArray, code(","), inArray);
  on(builder, afterInArray, code("]"), close);
  const name = addString(builder, colon);
  for (const from of [object, key]) on(builder, from, code('"'), name);
  on(builder, object, code("}"), close);
  on(builder, colon, code(":"), inObject);
  addValue(builder, inObject, afterInObject);
  addValue(builder, inArray, afterInArray);
  // The first element may be missing; apart from that, the beginning of an array is like any place for an element.
  builder.table.copyWithin(array << 8, inArray << 8, (inArray + 1) << 8);
  on(builder, array, spaces, array);
  on(builder, array, code("]"), close);
  return { table: builder.table, states: builder.state, object, array, afterInObject, afterInArray };
}
