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
}
