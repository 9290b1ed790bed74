import type { PatternReader } from "../parse/reader.ts";
import { parseAddress } from "../value/address.ts";
import { wellFormed } from "../value/text.ts";
import type { Value } from "../value/value.ts";
import { Range } from "./cidr.ts";
import { nearText } from "./hints.ts";
import { closeObject, type Matcher, type Operator } from "./operator.ts";

/** `{"exactly": text}`: the string itself. Not documented by AWS; a bare string that is no address means the same. */
export const exactly: Operator = {
  name: "exactly",
  parse(reader) {
    if (reader.next() !== "string") reader.fail("exact match pattern must be a string");
    const matcher = new Exact(reader.text(), true);
    closeObject(reader);
    return matcher;
  },
};

/** A bare string. One that is an IP address matches every spelling of that address. */
export function parseString(reader: PatternReader): Matcher {
  const text = reader.text();
  const digits = parseAddress(text);
  return digits === undefined ? new Exact(text, false) : new Address(text, new Range(digits, digits));
}

class Exact implements Matcher {
  readonly operator = "equals";
  readonly #text: string;
  readonly #isSpelt: boolean;

  constructor(text: string, isSpelt: boolean) {
    this.#text = text;
    this.#isSpelt = isSpelt;
  }

  /** A text with an unpaired surrogate has no UTF-8, so it cannot be found by its bytes. */
  get key(): string | undefined {
    return wellFormed(this.#text) === this.#text ? this.#text : undefined;
  }

  test(value: Value): boolean {
    return value.isString && value.text === this.#text;
  }

  print(): string {
    const text = JSON.stringify(this.#text);
    return this.#isSpelt ? `{"exactly":${text}}` : text;
  }

  wanted(): unknown {
    return this.#text;
  }

  hint(value: Value): string | undefined {
    return nearText(value, this.#text);
  }
}

class Address implements Matcher {
  readonly operator = "equals";
  readonly #text: string;
  readonly #range: Range;

  constructor(text: string, range: Range) {
    this.#text = text;
    this.#range = range;
  }

  besideNumbers(): Matcher {
    return new Address(this.#text, this.#range.blindToNumbers());
  }

  test(value: Value): boolean {
    return this.#range.holds(value);
  }

  print(): string {
    return JSON.stringify(this.#text);
  }

  wanted(): unknown {
    return this.#text;
  }

  hint(value: Value): string | undefined {
    return nearText(value, this.#text) ?? "is not that IP address, in whatever spelling";
  }
}
