import { PatternError } from "../error.ts";
import { limits } from "../limits.ts";
import { placeIn, sourceOf } from "./place.ts";

export type Token = "{" | "}" | "[" | "]" | "name" | "string" | "number" | "true" | "false" | "null" | "end";

/** A point or an exponent that is begun must be gone on with, and a zero in front stands alone. */
const number = /-?(?:0|[1-9][0-9]*)(?![0-9])(?:\.[0-9]+(?![0-9])|(?!\.))(?:[eE][+-]?[0-9]+|(?![eE]))/y;
const word = /(?:true|false|null)(?![\p{L}\p{N}_])/uy;
const space = /[ \t\r\n]*/y;

/**
 * Reads a pattern token by token, keeping numbers as they are written and every one of several equal keys.
 *
 * The place of an error is how far the text has been read, and AWS's reader reads in an odd way, which is kept here:
 * after a field name the first token of its value is already taken; of a string value only the opening quote, until
 * its text is asked for; numbers and words are taken whole.
 */
export class PatternReader {
  readonly source: string;
  token: Token = "end";
  #at = 0;
  #ahead: Token | undefined;
  #opened = -1;
  #text = "";
  #name = "";
  #nesting: ("{" | "[")[] = [];
  #isFirst = true;

  constructor(source: string) {
    this.source = source;
  }

  next(): Token {
    if (this.#opened >= 0 && this.#ahead === undefined) this.#finishString();
    this.token = this.#ahead ?? this.#scan();
    this.#ahead = undefined;
    if (this.token === "{" || this.token === "[") this.#enter(this.token);
    if (this.token === "name") this.#ahead = this.#value();
    return this.token;
  }

  /** The field name, the text of a string, or the token as it is written. */
  text(): string {
    if (this.token === "name") return this.#name;
    if (this.#opened >= 0) this.#finishString();
    return this.#text;
  }

  /** Refuses the pattern, at the place that has been reached. `twice` repeats the place, as AWS does inside lists. */
  fail(message: string, twice = false): never {
    this.#refuse(message, twice, false);
  }

  /** Refuses what is no JSON, in words of our own. */
  #broken(message: string): never {
    this.#refuse(message, false, true);
  }

  #refuse(message: string, twice: boolean, isOwn: boolean): never {
    const place = placeIn(this.source, this.#at);
    const source = `\n at [Source: ${sourceOf(this.source)}; line: ${place.line}, column: ${place.column}]`;
    throw new PatternError(message, place, message + source + (twice ? source : ""), isOwn);
  }

  #scan(): Token {
    const inside = this.#nesting.at(-1);
    this.#skipSpace();
    if (inside === undefined) return this.#at < this.source.length ? this.#value() : this.#took("end", 0);
    const character = this.source[this.#at];
    if (character === (inside === "{" ? "}" : "]")) {
      this.#nesting.pop();
      this.#isFirst = false;
      return this.#took(character as Token, 1);
    }
    if (!this.#isFirst) {
      if (character !== ",") this.#unexpected("a comma or the end of what was opened");
      this.#at++;
      this.#skipSpace();
    }
    this.#isFirst = false;
    return inside === "{" ? this.#fieldName() : this.#value();
  }

  #fieldName(): Token {
    if (this.source[this.#at] !== '"') this.#unexpected("a field name in double quotes");
    this.#opened = this.#at++;
    this.#finishString();
    this.#name = this.#text;
    this.#skipSpace();
    if (this.source[this.#at] !== ":") this.#unexpected("a colon");
    this.#at++;
    this.#skipSpace();
    return "name";
  }

  #value(): Token {
    const character = this.source[this.#at];
    if (character === '"') {
      this.#opened = this.#at;
      return this.#took("string", 1);
    }
    if (character === "{" || character === "[") return this.#took(character, 1);
    word.lastIndex = this.#at;
    const named = word.exec(this.source)?.[0] as "true" | "false" | "null" | undefined;
    return named === undefined ? this.#number() : this.#took(named, named.length);
  }

  #number(): Token {
    number.lastIndex = this.#at;
    const written = number.exec(this.source)?.[0];
    if (written === undefined) this.#unexpected("a value");
    if (written.replace(/[eE][+-]?|[-.]/g, "").length > limits.numberLength)
      this.#broken(`Number value length exceeds the maximum allowed (${limits.numberLength})`);
    const token = this.#took("number", written.length);
    if (this.#nesting.length === 0) this.#endRoot();
    return token;
  }

  /** Behind a number that is all of the text, AWS's reader takes one blank, and suffers nothing else. */
  #endRoot(): void {
    const next = this.source[this.#at];
    if (next === " " || next === "\t" || next === "\n") this.#at++;
    else if (next !== undefined && next !== "\r") this.#unexpected("white space");
  }

  #took(token: Token, length: number): Token {
    this.#text = this.source.slice(this.#at, this.#at + length);
    this.#at += length;
    return token;
  }

  #enter(token: "{" | "["): void {
    this.#nesting.push(token);
    this.#isFirst = true;
    if (this.#nesting.length > limits.depth)
      this.#broken(`Document nesting depth exceeds the maximum allowed (${limits.depth})`);
  }

  #finishString(): void {
    let end = this.#opened + 1;
    while (end < this.source.length && this.source[end] !== '"') end += this.source[end] === "\\" ? 2 : 1;
    try {
      this.#text = JSON.parse(this.source.slice(this.#opened, end + 1)) as string;
    } catch {
      this.#at = Math.min(end, this.source.length);
      this.#broken("The string is not closed, or holds a control character or an unknown escape");
    }
    this.#at = end + 1;
    this.#opened = -1;
  }

  #skipSpace(): void {
    space.lastIndex = this.#at;
    this.#at += space.exec(this.source)![0].length;
  }

  #unexpected(wanted: string): never {
    const found = this.source.codePointAt(this.#at);
    if (found === undefined) this.#broken(`Unexpected end of the text: ${wanted} was expected`);
    this.#broken(
      `Unexpected character (${JSON.stringify(String.fromCodePoint(found))}): ${wanted} was expected`,
    );
  }
}
