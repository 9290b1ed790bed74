import type { Random } from "../clock.ts";

/** So many repetitions stand for "any number". */
const some = 3;
/** Tries until a text has the wanted length too. */
const tries = 50;

type Make = () => string;

/**
 * A text that a regular expression matches, of a length between two bounds; `undefined` where it asks for what is not
 * made here (looking around, references to groups) or none of that length was found.
 */
export function textMatching(
  pattern: string,
  random: Random,
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: { minLength?: number; maxLength?: number },
): string | undefined {
  try {
    const test = new RegExp(pattern);
    const make = new Reader(pattern, random).all();
    for (let n = 0; n < tries; n++) {
      const text = make();
      const padded = pattern.endsWith("$") ? text : text.padEnd(minLength, "x");
      if (test.test(padded) && padded.length >= minLength && padded.length <= maxLength) return padded;
    }
  } catch {
    // No regular expression, or one with what is not made here.
  }
  return undefined;
}

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const those = (kind: RegExp) => printable.filter((char) => kind.test(char));
const classes: Readonly<Record<string, readonly string[]>> = {
  d: those(/\d/),
  w: those(/\w/),
  s: [" "],
  D: those(/[a-z]/),
  W: ["-"],
  S: those(/\w/),
};

/** Reads an expression into what makes a text of it, piece by piece. */
class Reader {
  readonly #text: string;
  readonly #random: Random;
  #at = 0;

  constructor(text: string, random: Random) {
    this.#text = text;
    this.#random = random;
  }

  all(): Make {
    const make = this.#choices();
    if (this.#at < this.#text.length) throw new Error("more is closed than opened");
    return make;
  }

  #choices(): Make {
    const choices = [this.#sequence()];
    while (this.#take("|")) choices.push(this.#sequence());
    return () => this.#pick(choices)();
  }

  #sequence(): Make {
    const makes: Make[] = [];
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text[this.#at]!)) makes.push(this.#repeated());
    return () => makes.map((make) => make()).join("");
  }

  #repeated(): Make {
    const make = this.#one();
    const [least, most] = this.#bounds();
    return () => {
      const count = least + Math.floor(this.#random() * (most - least + 1));
      return Array.from({ length: count }, make).join("");
    };
  }

  #bounds(): readonly [number, number] {
    const found = /^(?:\?|\*|\+|\{(\d+)(,?)(\d*)\})\??/.exec(this.#text.slice(this.#at));
    if (found === null) return [1, 1];
    this.#at += found[0].length;
    const [sign, from, comma, to] = found;
    if (from === undefined) return sign[0] === "?" ? [0, 1] : sign[0] === "*" ? [0, some] : [1, 1 + some];
    const least = Number(from);
    return [least, comma === "" ? least : to === "" ? least + some : Number(to)];
  }

  #one(): Make {
    const char = this.#text[this.#at++]!;
    if (char === "^" || char === "$") return () => "";
    if (char === ".") return this.#of(classes.w!);
    if (char === "[") return this.#of(this.#set());
    if (char === "\\") return this.#of(this.#escape());
    if (char !== "(") return () => char;
    if (this.#take("?") && !this.#take(":")) throw new Error("a group of another kind");
    const make = this.#choices();
    if (!this.#take(")")) throw new Error("a group without its end");
    return make;
  }

  #escape(): readonly string[] {
    const char = this.#text[this.#at++] ?? "";
    if (/[bBk1-9pPux]/.test(char)) throw new Error("an escape of another kind");
    return classes[char] ?? [{ n: "\n", t: "\t", r: "\r" }[char] ?? char];
  }

  #set(): readonly string[] {
    const isNegated = this.#take("^");
    const chars: string[] = [];
    while (!this.#take("]")) {
      const from = this.#inSet();
      const isRange = from.length === 1 && /^-[^\]]/.test(this.#text.slice(this.#at));
      if (!isRange) chars.push(...from);
      else {
        this.#at++;
        const [first, last] = [from[0]!, this.#inSet()[0]!].map((char) => char.charCodeAt(0));
        for (let code = first!; code <= last!; code++) chars.push(String.fromCharCode(code));
      }
    }
    return isNegated ? printable.filter((char) => !chars.includes(char)) : chars;
  }

  #inSet(): readonly string[] {
    const char = this.#text[this.#at++];
    if (char === undefined) throw new Error("a set without its end");
    return char === "\\" ? this.#escape() : [char];
  }

  #of = (chars: readonly string[]): Make => {
    if (chars.length === 0) throw new Error("nothing to choose from");
    return () => this.#pick(chars);
  };

  #pick = <T>(list: readonly T[]): T => list[Math.floor(this.#random() * list.length)]!;

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }
}
