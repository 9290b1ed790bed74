import type { PatternReader } from "../parse/reader.ts";
import { Folded } from "../value/fold.ts";
import { type Outline, Screen } from "../value/screen.ts";
import { Needle } from "../value/text.ts";
import type { Value } from "../value/value.ts";
import { nearPart } from "./hints.ts";
import { closeObject, type Matcher, type Operator } from "./operator.ts";

/** `{"prefix": text}` and `{"prefix": {"equals-ignore-case": text}}`: a string that begins so. */
export const prefix: Operator = {
  name: "prefix",
  parse: (reader) => parseAffix(reader, "prefix"),
};

type Side = "prefix" | "suffix";

/** The argument of `prefix` or of `suffix`, which are mirror images. */
export function parseAffix(reader: PatternReader, side: Side): Matcher {
  const token = reader.next();
  if (token === "{") return parseFolded(reader, side);
  if (token !== "string") reader.fail(`${side} match pattern must be a string`);
  const matcher = new Affix(side, reader.text(), false);
  closeObject(reader);
  return matcher;
}

function parseFolded(reader: PatternReader, side: Side): Matcher {
  const title = side === "prefix" ? "Prefix" : "Suffix";
  if (reader.next() !== "name") reader.fail(`${title} expression name not found`);
  if (reader.text() !== "equals-ignore-case") reader.fail(`Unsupported ${side} pattern: ${reader.text()}`);
  if (reader.next() !== "string") reader.fail("equals-ignore-case match pattern must be a string");
  const matcher = new Affix(side, reader.text(), true);
  closeObject(reader);
  closeObject(reader);
  return matcher;
}

class Affix implements Matcher {
  readonly operator: string;
  readonly screen: Screen | undefined;
  readonly #side: Side;
  readonly #text: string;
  readonly #isFolded: boolean;
  readonly #test: (value: Value) => boolean;

  constructor(side: Side, text: string, isFolded: boolean) {
    this.operator = isFolded ? `${side}-ignore-case` : side;
    this.#side = side;
    this.#text = text;
    this.#isFolded = isFolded;
    this.#test = affixTest(side, text, isFolded);
    const outline = affixOutline(side, text, isFolded);
    if (outline !== undefined) this.screen = new Screen([outline]);
  }

  test(value: Value): boolean {
    return this.#test(value);
  }

  print(): string {
    const text = JSON.stringify(this.#text);
    return `{"${this.#side}":${this.#isFolded ? `{"equals-ignore-case":${text}}` : text}}`;
  }

  wanted(): unknown {
    return this.#text;
  }

  hint(value: Value): string | undefined {
    if (value.isString && !this.#isFolded && affixTest(this.#side, this.#text, true)(value))
      return "differs only in case";
    return nearPart(value, this.#test);
  }
}

/**
 * The engine compares with the value in its quotes, which shows at the far end: the prefix `abc"` is also satisfied
 * by the whole value `abc`, and so is the suffix `"abc`.
 */
export function affixTest(side: Side, text: string, isFolded: boolean): (value: Value) => boolean {
  const needle = isFolded ? new Folded(text) : new Needle(text);
  const whole = side === "prefix" ? beforeQuote(text) : behindQuote(text);
  const isAt: (value: Value) => boolean =
    needle instanceof Folded
      ? side === "prefix"
        ? (value) => needle.begins(value)
        : (value) => needle.ends(value)
      : side === "prefix"
        ? (value) => value.startsWith(needle)
        : (value) => value.endsWith(needle);
  if (whole === undefined) return isAt;
  const all = isFolded ? new Folded(whole) : new Needle(whole);
  return (value) => isAt(value) || (all instanceof Folded ? all.equals(value) : value.is(all));
}

/** `undefined` where too little is known of the texts that the test accepts. */
export function affixOutline(side: Side, text: string, isFolded: boolean): Outline | undefined {
  if ((side === "prefix" ? beforeQuote(text) : behindQuote(text)) !== undefined) return undefined;
  return isFolded ? new Folded(text).outline(side) : new Needle(text).outline(side);
}

const beforeQuote = (text: string): string | undefined =>
  text.endsWith('"') ? text.slice(0, -1) : undefined;

const behindQuote = (text: string): string | undefined => (text.startsWith('"') ? text.slice(1) : undefined);
