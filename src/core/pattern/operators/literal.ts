import { comparable } from "../value/number.ts";
import type { Value } from "../value/value.ts";
import { Kind } from "../value/value.ts";
import type { Matcher } from "./operator.ts";

/** `true`, `false`, `null`: the word itself, never a string that reads the same. */
export class Word implements Matcher {
  readonly operator = "equals";
  readonly bounds = [];
  readonly #kind: Kind;
  readonly #word: "true" | "false" | "null";

  constructor(word: "true" | "false" | "null") {
    this.#word = word;
    this.#kind = Kind[word];
  }

  test(value: Value): boolean {
    return value.kind === this.#kind;
  }

  print(): string {
    return this.#word;
  }

  wanted(): unknown {
    return JSON.parse(this.#word);
  }

  hint(value: Value): string | undefined {
    return value.isString && value.text === this.#word
      ? `is the string "${this.#word}", not ${this.#word} itself`
      : undefined;
  }
}

/** A bare number: equal as a double where both sides are comparable, otherwise equal as it is written. */
export class Num implements Matcher {
  readonly operator = "equals";
  readonly isNumeric: boolean;
  readonly #text: string;
  readonly #double: number | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#double = comparable(text);
    this.isNumeric = this.#double !== undefined;
  }

  get key(): number | undefined {
    return this.#double;
  }

  test(value: Value): boolean {
    if (value.kind !== Kind.number) return false;
    if (this.#double !== undefined) return value.double === this.#double;
    // A float is turned into a double before it is compared, so only a whole number keeps its own text.
    return value.text === this.#text && /^-?[0-9]+$/.test(this.#text);
  }

  print(): string {
    return this.#text;
  }

  wanted(): unknown {
    return Number(this.#text);
  }

  hint(value: Value): string | undefined {
    if (value.isString)
      return value.text.trim() !== "" && Number(value.text) === Number(this.#text)
        ? `is the string ${JSON.stringify(value.text)}, not a number`
        : undefined;
    return value.kind === Kind.number && Number(value.text) === Number(this.#text)
      ? `is ${value.text}, not ${this.#text}, which only digits beyond those of a double tell apart`
      : undefined;
  }
}
