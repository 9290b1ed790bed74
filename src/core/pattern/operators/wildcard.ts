import type { PatternReader } from "../parse/reader.ts";
import { parseAddress } from "../value/address.ts";
import { Glob } from "../value/glob.ts";
import { Screen } from "../value/screen.ts";
import { wellFormed } from "../value/text.ts";
import { Kind, type Value } from "../value/value.ts";
import { nearPart } from "./hints.ts";
import { closeObject, type Matcher, type Operator } from "./operator.ts";

/** `{"wildcard": "a*b"}`: a string in which each `*` stands for any text or none; `\*` and `\\` for themselves. */
export const wildcard: Operator = {
  name: "wildcard",
  parse(reader) {
    if (reader.next() !== "string") reader.fail("wildcard match pattern must be a string");
    const text = reader.text();
    const matcher = new Wildcard(text, parseGlob(text, reader));
    closeObject(reader);
    return matcher;
  },
};

/** The literal texts around the stars. Positions in the refusals count UTF-8 bytes from the opening quote, which is 0. */
export function parseGlob(text: string, reader: PatternReader): string[] {
  const pieces = [""];
  const bytes = new TextEncoder();
  const refuse = (what: string, at: number): never =>
    reader.fail(`${what} at pos ${1 + bytes.encode(wellFormed(text.slice(0, at))).length}`);
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "*") {
      if (text[at + 1] === "*") refuse("Consecutive wildcard characters", at);
      pieces.push("");
      continue;
    }
    if (text[at] === "\\") {
      if (text[at + 1] !== "*" && text[at + 1] !== "\\") refuse("Invalid escape character", at);
      at++;
    }
    pieces[pieces.length - 1] += text[at]!;
  }
  return pieces;
}

class Wildcard implements Matcher {
  readonly operator = "wildcard";
  readonly wildcards: readonly string[];
  readonly screen: Screen;
  readonly #text: string;
  readonly #pieces: readonly string[];
  readonly #glob: Glob;

  constructor(text: string, pieces: readonly string[]) {
    this.#text = text;
    this.#pieces = pieces;
    this.#glob = new Glob(pieces);
    this.wildcards = [text];
    this.screen = new Screen([this.#glob.outline()]);
  }

  test(value: Value): boolean {
    return this.#glob.matches(value);
  }

  print(): string {
    return `{"wildcard":${JSON.stringify(this.#text)}}`;
  }

  wanted(): unknown {
    return this.#text;
  }

  warn(): string | undefined {
    const [first, last, ...more] = this.#pieces;
    if (more.length > 0 || (first !== "" && last !== "" && last !== undefined)) return undefined;
    // Each says more than the wildcard: a bare address matches all its spellings, and a quote at the edge leaks.
    if (last === undefined ? parseAddress(first!) !== undefined : (first! + last).includes('"'))
      return undefined;
    const instead =
      last === undefined
        ? JSON.stringify(first)
        : first === "" && last === ""
          ? '{"prefix":""}'
          : `{"${last === "" ? "prefix" : "suffix"}":${JSON.stringify(first + last)}}`;
    return `${instead} says the same, and does not count against the 30 wildcard rules of a bus`;
  }

  hint(value: Value): string | undefined {
    const near = nearPart(value, (text) => this.#glob.matches(text));
    if (near !== undefined || !value.isString) return near;
    const folded = new Glob(this.#pieces.map((piece) => piece.toLowerCase()));
    const text = value.text.toLowerCase();
    return folded.matches(value.setText(Kind.string, text)) ? "differs only in case" : undefined;
  }
}
