import { PatternError } from "../error.ts";
import { looksLikeAddress, parseAddress } from "../value/address.ts";
import { asTheServiceReads } from "../value/number.ts";
import { Kind, type Value } from "../value/value.ts";
import { closeObject, type Matcher, type Operator } from "./operator.ts";

/** `{"cidr": "10.0.0.0/8"}`: a string that is an IP address inside the block, v4 or v6. */
export const cidr: Operator = {
  name: "cidr",
  parse(reader) {
    if (reader.next() !== "string") reader.fail("prefix match pattern must be a string");
    const matcher = new Block(reader.text());
    closeObject(reader);
    return matcher;
  },
};

/**
 * The addresses between two, as upper-case hex digits. As in the engine, digits are compared one after the other
 * without a look at how many there are, so a v6 address can lie in a v4 block, and a number is read as its digits.
 */
export class Range {
  readonly #low: string;
  readonly #high: string;
  readonly #isBlindToNumbers: boolean;

  constructor(low: string, high: string, isBlindToNumbers = false) {
    this.#low = low;
    this.#high = high;
    this.#isBlindToNumbers = isBlindToNumbers;
  }

  /** The range in a field that also compares numbers as numbers: those are then no addresses. */
  blindToNumbers(): Range {
    return new Range(this.#low, this.#high, true);
  }

  holds(value: Value): boolean {
    const digits = this.#digits(value);
    return digits !== undefined && this.#isBetween(digits);
  }

  #digits(value: Value): string | undefined {
    if (value.kind === Kind.string) return mayBeAddress(value) ? parseAddress(value.text) : undefined;
    if (value.kind !== Kind.number) return undefined;
    return this.#isBlindToNumbers && !Number.isNaN(value.double)
      ? undefined
      : asTheServiceReads(value.text).text;
  }

  #isBetween(digits: string): boolean {
    let isLow = true;
    let isHigh = true;
    for (let i = 0; i < this.#low.length; i++) {
      const digit = digits[i];
      if (digit === undefined || !/[0-9A-F]/.test(digit)) return false;
      const [low, high] = [this.#low[i]!, this.#high[i]!];
      if ((isLow && digit < low) || (isHigh && digit > high)) return false;
      isLow &&= digit === low;
      isHigh &&= digit === high;
      if (!isLow && !isHigh) return true;
    }
    return true;
  }
}

/** The longest spelling of an address that anyone writes; the engine accepts longer ones, with more zeros. */
function mayBeAddress(value: Value): boolean {
  if (!value.isPlain) return true;
  const first = value.bytes[value.start]!;
  return value.end - value.start > 1 && (first <= 0x3a || (first | 0x20) <= 0x66);
}

class Block implements Matcher {
  readonly operator = "cidr";
  readonly #range: Range;
  readonly #text: string;

  constructor(text: string, range = parseBlock(text)) {
    this.#text = text;
    this.#range = range;
  }

  besideNumbers(): Matcher {
    return new Block(this.#text, this.#range.blindToNumbers());
  }

  test(value: Value): boolean {
    return this.#range.holds(value);
  }

  print(): string {
    return `{"cidr":${JSON.stringify(this.#text)}}`;
  }

  wanted(): unknown {
    return this.#text;
  }

  hint(value: Value): string | undefined {
    if (!value.isString) return "is no string, so it is no IP address";
    return parseAddress(value.text) === undefined ? "is no IP address" : "lies outside of the block";
  }
}

/** Refusals of the text itself come without a place. */
function parseBlock(text: string): Range {
  // As Java splits: what is empty at the end does not count.
  const [address, bits, ...more] = text.replace(/\/+$/, "").split("/");
  if (bits === undefined || more.length > 0) throw new PatternError("Malformed CIDR, one '/' required");
  if (!/^[+-]?[0-9]+$/.test(bits) || Math.abs(Number(bits)) >= 2 ** 31)
    throw new PatternError("Malformed CIDR, mask bits must be an integer");
  const mask = Number(bits);
  if (mask < 0) throw new PatternError("Malformed CIDR, mask bits must not be negative");
  if (!looksLikeAddress(address!)) throw new PatternError(`Nonstandard IP address: ${address}`);
  const digits = parseAddress(address!);
  if (digits === undefined) throw new PatternError(`Invalid IP address: ${address}`);
  const size = digits.length * 4;
  if (mask >= size) throw new PatternError(`IPv${size === 32 ? 4 : 6} mask bits must be < ${size}`);
  return blockOf(digits, mask);
}

function blockOf(digits: string, mask: number): Range {
  const free = (1n << BigInt(digits.length * 4 - mask)) - 1n;
  const address = BigInt(`0x${digits}`);
  const spell = (value: bigint): string => value.toString(16).toUpperCase().padStart(digits.length, "0");
  return new Range(spell(address & ~free), spell(address | free));
}
