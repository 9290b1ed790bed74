import type { Outline } from "./screen.ts";
import { outlineOf, wellFormed } from "./text.ts";
import type { Value } from "./value.ts";

/**
 * A text that is compared without regard to case, as the engine does it: each UTF-16 unit of the pattern stands for
 * its lower-case or its upper-case mapping, either of which may be several characters (`ß` for `ß` and `SS`, never for
 * `ss`). A character outside the BMP is torn into two units that each stand for "?".
 */
export class Folded {
  readonly #units: readonly (readonly [lower: string, upper: string])[];
  /** The lower-case bytes of a text that is ASCII all through: then bytes can be compared as they are. */
  readonly #ascii: Uint8Array | undefined;

  constructor(text: string) {
    this.#units = Array.from({ length: text.length }, (_, i) => {
      const unit = text[i]!;
      return [wellFormed(unit.toLowerCase()), wellFormed(unit.toUpperCase())] as const;
    });
    this.#ascii = /^[\0-\x7f]*$/.test(text) ? new TextEncoder().encode(text.toLowerCase()) : undefined;
  }

  /** Where the text stands in what it is compared with; `undefined` where that cannot be told from bytes. */
  outline(side: "whole" | "prefix" | "suffix"): Outline | undefined {
    return this.#ascii === undefined ? undefined : { ...outlineOf(this.#ascii, side), isFolded: true };
  }

  equals(value: Value): boolean {
    if (!value.isString) return false;
    if (this.#ascii === undefined || !value.isPlain) return this.#from(wellFormed(value.text)) === "";
    return (
      value.end - value.start === this.#ascii.length && hasFoldedAt(value.bytes, value.start, this.#ascii)
    );
  }

  begins(value: Value): boolean {
    if (!value.isString) return false;
    if (this.#ascii === undefined || !value.isPlain) return this.#from(wellFormed(value.text)) !== undefined;
    return (
      value.end - value.start >= this.#ascii.length && hasFoldedAt(value.bytes, value.start, this.#ascii)
    );
  }

  ends(value: Value): boolean {
    if (!value.isString) return false;
    if (this.#ascii === undefined || !value.isPlain) return this.#isAtEnd(wellFormed(value.text));
    const start = value.end - this.#ascii.length;
    return start >= value.start && hasFoldedAt(value.bytes, start, this.#ascii);
  }

  /** What is left of the text behind the units; `undefined` where they do not stand at its beginning. */
  #from(text: string): string | undefined {
    let at = 0;
    for (const [lower, upper] of this.#units) {
      if (text.startsWith(lower, at)) at += lower.length;
      else if (text.startsWith(upper, at)) at += upper.length;
      else return undefined;
    }
    return text.slice(at);
  }

  #isAtEnd(text: string): boolean {
    let at = text.length;
    for (let i = this.#units.length - 1; i >= 0; i--) {
      const [lower, upper] = this.#units[i]!;
      if (text.endsWith(lower, at)) at -= lower.length;
      else if (text.endsWith(upper, at)) at -= upper.length;
      else return false;
    }
    return true;
  }
}

function hasFoldedAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) {
    const byte = bytes[at + i]!;
    if (byte !== wanted[i] && (byte < 0x41 || byte > 0x5a || byte + 0x20 !== wanted[i])) return false;
  }
  return true;
}
