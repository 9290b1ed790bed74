import { asTheServiceReads } from "./number.ts";
import { type Needle, wellFormed } from "./text.ts";

/** What a value of an event is. Objects and arrays are no values: they are descended into. */
export const Kind = { string: 0, number: 1, true: 2, false: 3, null: 4 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

const nothing = new Uint8Array(0);
/** A byte order mark that a text begins with is part of it. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const words = ["", "", "true", "false", "null"] as const;

/**
 * One value of an event, and the questions that operators ask about it. It is either bytes of a JSON text, decoded
 * only when somebody asks for more than the bytes can tell, or a text that has been decoded already.
 * One instance is filled again and again: nobody may keep it.
 */
export class Value {
  kind: Kind = Kind.null;
  /** Whether the bytes between `start` and `end` are the UTF-8 of the text itself: a string without escapes. */
  isPlain = false;
  bytes: Uint8Array = nothing;
  start = 0;
  end = 0;
  #text: string | undefined;
  #double = Number.NaN;
  /** Whether `#double` has been worked out. */
  #isRead = false;

  /** `start` and `end` enclose what is between the quotes of a string, or all of a number. */
  setBytes(kind: Kind, bytes: Uint8Array, start: number, end: number, isPlain: boolean): this {
    this.kind = kind;
    this.isPlain = isPlain;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.#text = undefined;
    this.#isRead = false;
    return this;
  }

  /** A decoded string, or a number as it is written. */
  setText(kind: Kind, text: string): this {
    this.kind = kind;
    this.isPlain = false;
    this.bytes = nothing;
    this.#text = text;
    this.#isRead = false;
    return this;
  }

  /** The double of the number that the bytes are, where it is known and comparable; `NaN` where not. */
  setDouble(double: number): void {
    this.#isRead = !Number.isNaN(double);
    this.#double = double;
  }

  /** The decoded string, the number as it is written, or the word. */
  get text(): string {
    this.#text ??= this.#decode();
    return this.#text;
  }

  /** The double of a number that compares by value; `NaN` for one that does not, and for what is no number. */
  get double(): number {
    if (!this.#isRead) {
      this.#isRead = true;
      this.#double =
        this.kind === Kind.number ? (asTheServiceReads(this.text).double ?? Number.NaN) : Number.NaN;
    }
    return this.#double;
  }

  get isString(): boolean {
    return this.kind === Kind.string;
  }

  is(needle: Needle): boolean {
    if (this.kind !== Kind.string) return false;
    if (!this.isPlain) return wellFormed(this.text) === needle.text;
    return this.end - this.start === needle.bytes.length && this.#hasAt(this.start, needle.bytes);
  }

  startsWith(needle: Needle): boolean {
    if (this.kind !== Kind.string) return false;
    if (!this.isPlain) return wellFormed(this.text).startsWith(needle.text);
    return this.end - this.start >= needle.bytes.length && this.#hasAt(this.start, needle.bytes);
  }

  endsWith(needle: Needle): boolean {
    if (this.kind !== Kind.string) return false;
    if (!this.isPlain) return wellFormed(this.text).endsWith(needle.text);
    const start = this.end - needle.bytes.length;
    return start >= this.start && this.#hasAt(start, needle.bytes);
  }

  #hasAt(at: number, wanted: Uint8Array): boolean {
    const bytes = this.bytes;
    for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
    return true;
  }

  #decode(): string {
    if (this.kind >= Kind.true) return words[this.kind];
    const text = decoder.decode(this.bytes.subarray(this.start, this.end));
    return this.kind === Kind.number || this.isPlain ? text : (JSON.parse(`"${text}"`) as string);
  }
}
