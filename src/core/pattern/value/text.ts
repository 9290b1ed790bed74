import type { Outline } from "./screen.ts";

const encoder = new TextEncoder();

/** A text with unpaired surrogates as "?", which is how the engine sees them in all but exact matching. */
export const wellFormed = (text: string): string =>
  // Few texts have a surrogate at all.
  /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, "?") : text;

/** A text of a pattern, ready to be looked for in texts and in UTF-8 bytes. */
export class Needle {
  readonly text: string;
  #bytes: Uint8Array | undefined;

  constructor(text: string) {
    this.text = wellFormed(text);
  }

  get bytes(): Uint8Array {
    this.#bytes ??= encoder.encode(this.text);
    return this.#bytes;
  }

  /** Where the text stands in what it is compared with. */
  outline(side: "whole" | "prefix" | "suffix"): Outline {
    return outlineOf(this.bytes, side);
  }
}

const nothing = new Uint8Array(0);

export function outlineOf(bytes: Uint8Array, side: "whole" | "prefix" | "suffix"): Outline {
  return {
    head: side === "suffix" ? nothing : bytes,
    tail: side === "prefix" ? nothing : bytes,
    least: bytes.length,
    most: side === "whole" ? bytes.length : Number.POSITIVE_INFINITY,
    isFolded: false,
  };
}
