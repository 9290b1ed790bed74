import { Kind, type Value } from "./value.ts";

/** What is known of every text that a test accepts: the bytes that it begins and ends with, and its length in bytes. */
export interface Outline {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  readonly least: number;
  readonly most: number;
  /** ASCII letters in `head` and `tail`, which are lower-case, stand for both cases. */
  readonly isFolded: boolean;
}

/**
 * A look from afar: most values can be told from what a test accepts by their length and their first or last byte,
 * which costs much less than asking the test.
 */
export class Screen {
  readonly #least: number;
  readonly #most: number;
  /** The first byte and the last one, or -1, and the bits to set in a value's byte before it is compared. */
  readonly #first: number;
  readonly #firstCase: number;
  readonly #last: number;
  readonly #lastCase: number;

  /** For what at least one of the outlines fits. */
  constructor(outlines: readonly Outline[]) {
    this.#least = Math.min(...outlines.map(({ least }) => least));
    this.#most = Math.max(...outlines.map(({ most }) => most));
    [this.#first, this.#firstCase] = shared(outlines, ({ head }) => head[0]);
    [this.#last, this.#lastCase] = shared(outlines, ({ tail }) => tail[tail.length - 1]);
  }

  /** Whether the test is sure not to accept the value. What is no string is accepted by no test of texts. */
  rulesOut(value: Value): boolean {
    if (!value.isPlain) return value.kind !== Kind.string;
    const { bytes, start, end } = value;
    const length = end - start;
    if (length < this.#least || length > this.#most) return true;
    if (this.#first >= 0 && (bytes[start]! | this.#firstCase) !== this.#first) return true;
    return this.#last >= 0 && (bytes[end - 1]! | this.#lastCase) !== this.#last;
  }
}

/** The byte that all outlines have there, if there is one. */
function shared(
  outlines: readonly Outline[],
  byteOf: (outline: Outline) => number | undefined,
): [byte: number, cased: number] {
  const byte = byteOf(outlines[0]!);
  const isFolded = outlines[0]!.isFolded;
  if (byte === undefined || outlines.some((each) => byteOf(each) !== byte || each.isFolded !== isFolded))
    return [-1, 0];
  return [byte, isFolded && byte >= 0x61 && byte <= 0x7a ? 0x20 : 0];
}
