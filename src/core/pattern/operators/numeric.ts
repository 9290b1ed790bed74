import type { PatternReader, Token } from "../parse/reader.ts";
import { comparable } from "../value/number.ts";
import { Kind, type Value } from "../value/value.ts";
import { closeExpression, type Matcher, type Operator } from "./operator.ts";

/** `{"numeric": [">", 0, "<=", 5]}`: a number in a range, or with one of `=`, `<`, `<=`, `>`, `>=` and a number. */
export const numeric: Operator = {
  name: "numeric",
  parse(reader) {
    if (reader.next() !== "[") reader.fail("Value of numeric must be an array.");
    const matcher = parseRange(reader);
    closeExpression(reader);
    return matcher;
  },
};

interface Bound {
  readonly operator: string;
  readonly text: string;
}

function parseRange(reader: PatternReader): Matcher {
  const first = reader.next();
  if (first !== "string") reader.fail(`Invalid member in numeric match: ${reader.text()}`);
  const operator = reader.text();
  const token = reader.next();
  if (!["=", "<", "<=", ">", ">="].includes(operator))
    reader.fail(`Unrecognized numeric range operator: ${operator}`);
  const bound = boundOf(reader, operator, token);
  const after = reader.next();
  if (after === "]") return build(reader, [bound]);
  if (operator !== ">" && operator !== ">=") reader.fail("Too many elements in numeric expression");
  return build(reader, [bound, parseUpper(reader, after)]);
}

function parseUpper(reader: PatternReader, token: Token): Bound {
  if (token !== "string") reader.fail(`Bad value in numeric range: ${reader.text()}`);
  const operator = reader.text();
  if (operator !== "<" && operator !== "<=") reader.fail(`Bad numeric range operator: ${operator}`);
  const bound = boundOf(reader, operator, reader.next());
  if (reader.next() !== "]") reader.fail("Too many terms in numeric range expression");
  return bound;
}

function boundOf(reader: PatternReader, operator: string, token: Token): Bound {
  if (token !== "number") reader.fail(`Value of ${operator === "=" ? "equals" : operator} must be numeric`);
  return { operator, text: reader.text() };
}

/** Numbers are looked at last, when the whole expression has been read. */
function build(reader: PatternReader, bounds: readonly Bound[]): Matcher {
  const numbers = bounds.map(({ text }) => {
    const double = comparable(text);
    if (double === undefined) reader.fail(`Cannot compare number : ${text}`);
    return double;
  });
  const [low, high] = numbers;
  if (high !== undefined && !(low! < high)) reader.fail("Bottom must be less than top");
  return new Numeric(bounds, numbers);
}

/** The engine fails on a range with nothing between its bound and the end of all doubles, that end included. */
const isEmptyRange = (operator: string, bound: number): boolean =>
  (operator.startsWith("<") && bound === -Number.MAX_VALUE) ||
  (operator.startsWith(">") && bound === Number.MAX_VALUE);

class Numeric implements Matcher {
  readonly operator = "numeric";
  readonly isNumeric = true;
  readonly bounds: readonly number[];
  readonly #bounds: readonly Bound[];
  readonly #low: number;
  readonly #high: number;
  readonly #isLowIn: boolean;
  readonly #isHighIn: boolean;

  constructor(bounds: readonly Bound[], numbers: readonly number[]) {
    this.#bounds = bounds;
    this.bounds = numbers;
    const [{ operator }, upper] = bounds as [Bound, Bound?];
    const isUpperOnly = operator.startsWith("<");
    this.#low = isUpperOnly ? Number.NEGATIVE_INFINITY : numbers[0]!;
    this.#isLowIn = operator === "=" || operator === ">=";
    this.#high = operator === "=" || isUpperOnly ? numbers[0]! : (numbers[1] ?? Number.POSITIVE_INFINITY);
    this.#isHighIn = operator === "=" || (upper?.operator ?? operator) === "<=";
  }

  get fault(): string | undefined {
    const [{ operator, text }, upper] = this.#bounds as [Bound, Bound?];
    const isBeyond = upper === undefined && isEmptyRange(operator, Number(text));
    return isBeyond ? "Numeric range beyond the largest double" : undefined;
  }

  test(value: Value): boolean {
    const double = value.double;
    return (
      (double > this.#low || (this.#isLowIn && double === this.#low)) &&
      (double < this.#high || (this.#isHighIn && double === this.#high))
    );
  }

  print(): string {
    return `{"numeric":[${this.#bounds.map(({ operator, text }) => `"${operator}",${text}`).join(",")}]}`;
  }

  wanted(): unknown {
    return this.#bounds.flatMap(({ operator, text }) => [operator, Number(text)]);
  }

  warn(): string | undefined {
    if (this.#isLowIn || this.#isHighIn || !Number.isFinite(this.#low) || !Number.isFinite(this.#high))
      return undefined;
    // Half-way between two neighbours, a double is rounded to one of them.
    const middle = this.#low / 2 + this.#high / 2;
    const isEmpty = middle <= this.#low || middle >= this.#high;
    return isEmpty ? "no number lies between the bounds of this range" : undefined;
  }

  hint(value: Value): string | undefined {
    if (value.isString && value.text.trim() !== "" && !Number.isNaN(Number(value.text)))
      return "is a string; numeric compares numbers only";
    if (Number.isNaN(value.double))
      return `is ${value.kind === Kind.number ? "too precise" : "not a number"}`;
    return value.double === this.#low || value.double === this.#high
      ? "is the bound itself"
      : "is out of range";
  }
}
