import { limits } from "../limits.ts";

/**
 * The offset of a number with more digits than the engine's reader takes, or -1. The text must be well-formed.
 * Such a number covers one of the offsets that lie as far apart as it is long, so most bytes are not looked at.
 */
export function findLongNumber(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at += limits.numberLength)
    if (isPart(bytes[at]!) && isLongRun(bytes, at, start, end)) return searchAll(bytes, start, end);
  return -1;
}

/** Digits, `.`, `e`, `E`, `+`, `-`. */
const isPart = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || byte === 0x2e || (byte | 0x20) === 0x65 || byte === 0x2b || byte === 0x2d;

function isLongRun(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  let from = at;
  let to = at;
  while (from > start && isPart(bytes[from - 1]!)) from--;
  while (to < end && isPart(bytes[to]!)) to++;
  return to - from > limits.numberLength;
}

/** The run may be inside a string, so the text is read from its beginning. */
function searchAll(bytes: Uint8Array, start: number, end: number): number {
  let isInString = false;
  let digits = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (isInString) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) isInString = false;
      continue;
    }
    if (byte === 0x22) isInString = true;
    if (!isPart(byte)) digits = 0;
    else if (byte >= 0x30 && byte <= 0x39 && ++digits > limits.numberLength) return at;
  }
  return -1;
}
