/**
 * The smallest pieces of a JSON text, checked where they stand. Each function takes the offset at which the piece
 * begins and gives the offset behind it, or, where it is broken, -1 - the offset of the fault.
 */

/** Bytes that stand for themselves in a string: ASCII without quotes, backslashes and controls. */
export const plainInText = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== 0x22 && byte !== 0x5c ? 1 : 0,
);
/** The same in a key, where a dot means something. */
export const plainInKey = plainInText.with(0x2e, 0);

const isDigit = (byte: number | undefined): boolean => byte! >= 0x30 && byte! <= 0x39;

export function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    at++;
  }
  return at;
}

/** From behind the opening quote to the closing one, which is not yet passed. Escapes are seldom. */
export function findQuote(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    if (plainInText[byte] === 1) at++;
    else if (byte === 0x22) return at;
    else if (byte === 0x5c) at = skipEscape(bytes, at, end);
    else if (byte < 0x20) return -1 - at;
    else at = skipCharacter(bytes, at, end);
    if (at < 0) return at;
  }
  return -1 - end;
}

export function skipNumber(bytes: Uint8Array, start: number, end: number): number {
  const at = skipDecimal(bytes, start, end);
  if (at < 0 || at >= end || (bytes[at]! | 0x20) !== 0x65) return at;
  const isSigned = bytes[at + 1] === 0x2b || bytes[at + 1] === 0x2d;
  return skipDigits(bytes, at + (isSigned ? 2 : 1), end);
}

/** A number up to its exponent. */
function skipDecimal(bytes: Uint8Array, start: number, end: number): number {
  let at = bytes[start] === 0x2d ? start + 1 : start;
  if (at >= end || !isDigit(bytes[at])) return -1 - at;
  at = bytes[at] === 0x30 ? at + 1 : skipDigits(bytes, at, end);
  return at < end && bytes[at] === 0x2e ? skipDigits(bytes, at + 1, end) : at;
}

/** `true`, `false` or `null`, told by its first letter. */
export function skipWord(bytes: Uint8Array, start: number, end: number): number {
  const word = bytes[start] === 0x74 ? "true" : bytes[start] === 0x66 ? "false" : "null";
  for (let i = 0; i < word.length; i++)
    if (start + i >= end || bytes[start + i] !== word.charCodeAt(i)) return -1 - start - i;
  return start + word.length;
}

/** At least one digit. */
function skipDigits(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(bytes[at])) at++;
  return at === start ? -1 - at : at;
}

function skipEscape(bytes: Uint8Array, start: number, end: number): number {
  const byte = bytes[start + 1]!;
  if (start + 1 >= end) return -1 - end;
  if (byte !== 0x75) return '"\\/bfnrt'.includes(String.fromCharCode(byte)) ? start + 2 : -1 - start - 1;
  for (let at = start + 2; at < start + 6; at++) {
    const letter = bytes[at]! | 0x20;
    if (at >= end || !(isDigit(bytes[at]) || (letter >= 0x61 && letter <= 0x66))) return -1 - at;
  }
  return start + 6;
}

/** One character outside ASCII: no overlong form, no surrogate, nothing above U+10FFFF. */
function skipCharacter(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]!;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (first < 0xc2 || first > 0xf4) return -1 - start;
  for (let at = start + 1; at < start + length; at++)
    if (at >= end || (bytes[at]! & 0xc0) !== 0x80) return -1 - at;
  const second = bytes[start + 1]!;
  const isBad =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return isBad ? -1 - start - 1 : start + length;
}
