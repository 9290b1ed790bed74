import type { Outline } from "./screen.ts";
import { Needle, wellFormed } from "./text.ts";
import type { Value } from "./value.ts";

/** A wildcard pattern, taken apart: between the pieces, any text or none may stand. */
export class Glob {
  readonly #pieces: readonly Needle[];

  /** `pieces` are the literal texts before, between and behind the stars: one more than there are stars. */
  constructor(pieces: readonly string[]) {
    this.#pieces = pieces.map((piece) => new Needle(piece));
  }

  outline(): Outline {
    const sizes = this.#pieces.map(({ bytes }) => bytes.length);
    const least = sizes.reduce((sum, size) => sum + size, 0);
    const most = sizes.length === 1 ? least : Number.POSITIVE_INFINITY;
    return { head: this.#pieces[0]!.bytes, tail: this.#pieces.at(-1)!.bytes, least, most, isFolded: false };
  }

  matches(value: Value): boolean {
    if (!value.isString) return false;
    const [first, last] = [this.#pieces[0]!, this.#pieces.at(-1)!];
    if (this.#pieces.length === 1) return value.is(first);
    if (!value.startsWith(first) || !value.endsWith(last)) return false;
    return value.isPlain ? this.#inBytes(value) : this.#inText(wellFormed(value.text));
  }

  /** The pieces in the middle, each at the first place where it stands: what is left is then the longest. */
  #inBytes(value: Value): boolean {
    const pieces = this.#pieces;
    let at = value.start + pieces[0]!.bytes.length;
    const end = value.end - pieces[pieces.length - 1]!.bytes.length;
    for (let i = 1; i < pieces.length - 1; i++) {
      const piece = pieces[i]!.bytes;
      at = indexOf(value.bytes, piece, at, end);
      if (at < 0) return false;
      at += piece.length;
    }
    return at <= end;
  }

  #inText(text: string): boolean {
    const pieces = this.#pieces;
    let at = pieces[0]!.text.length;
    const end = text.length - pieces.at(-1)!.text.length;
    for (const { text: piece } of pieces.slice(1, -1)) {
      at = text.indexOf(piece, at);
      if (at < 0) return false;
      at += piece.length;
    }
    return at <= end;
  }
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number, end: number): number {
  const first = wanted[0];
  const last = end - wanted.length;
  search: for (let at = from; at <= last; at++) {
    if (bytes[at] !== first) continue;
    for (let i = 1; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) continue search;
    return at;
  }
  return -1;
}
