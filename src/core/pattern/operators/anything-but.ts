import { PatternError } from "../error.ts";
import type { PatternReader, Token } from "../parse/reader.ts";
import { Folded } from "../value/fold.ts";
import { Glob } from "../value/glob.ts";
import { comparable } from "../value/number.ts";
import { Needle } from "../value/text.ts";
import type { Value } from "../value/value.ts";
import { closeExpression, type Matcher, type Operator } from "./operator.ts";
import { affixTest } from "./prefix.ts";
import { parseGlob } from "./wildcard.ts";

/**
 * `{"anything-but": …}`: a value of any type that is none of those listed: strings or numbers, or texts by `prefix`,
 * `suffix`, `equals-ignore-case` or `wildcard`. There must be a value.
 */
export const anythingBut: Operator = {
  name: "anything-but",
  parse(reader) {
    const token = reader.next();
    if (token === "{") {
      const matcher = parseNested(reader);
      closeExpression(reader);
      closeExpression(reader);
      return matcher;
    }
    const matcher = token === "[" ? parseList(reader) : parseOne(reader, token);
    closeExpression(reader);
    return matcher;
  },
};

const badValue = "Value of anything-but must be an array or single string/number value.";

type Test = (value: Value) => boolean;

/** One way in which a text must not be there: what it may be, and, when all have been read, the test for it. */
interface Form {
  check(reader: PatternReader, token: Token, isListed: boolean): void;
  test(text: string, reader: PatternReader): Test;
}

const affix = (side: "prefix" | "suffix"): Form => ({
  check(reader, token, isListed) {
    if (token !== "string") reader.fail("prefix/suffix match pattern must be a string", isListed);
    if (reader.text() === "") reader.fail("Null prefix/suffix not allowed", isListed);
  },
  test: (text) => affixTest(side, text, false),
});

const notAString = "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";

const forms: Readonly<Record<string, Form>> = {
  prefix: affix("prefix"),
  suffix: affix("suffix"),
  "equals-ignore-case": {
    check(reader, token, isListed) {
      if (token !== "string") reader.fail(notAString, isListed);
    },
    test(text) {
      const folded = new Folded(text);
      return (value) => folded.equals(value);
    },
  },
  wildcard: {
    check(reader, token, isListed) {
      if (token !== "string") reader.fail("wildcard match pattern must be a string", isListed);
    },
    test(text, reader) {
      const glob = new Glob(parseGlob(text, reader));
      return (value) => glob.matches(value);
    },
  },
};

function parseNested(reader: PatternReader): Matcher {
  if (reader.next() !== "name") reader.fail("Anything-But expression name not found");
  const name = reader.text();
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
  if (form === undefined) reader.fail(`Unsupported anything-but pattern: ${name}`);
  const token = reader.next();
  if (token !== "[" && token !== "string" && token !== "number") reader.fail(badValue);
  const texts: string[] = [];
  const isList = token === "[";
  for (let item = isList ? reader.next() : token; item !== "]"; item = reader.next()) {
    form.check(reader, item, isList);
    texts.push(reader.text());
    if (!isList) break;
  }
  // The service answers with an internal failure here.
  if (texts.length === 0) throw new PatternError(`Empty list in anything-but ${name}`);
  const tests = texts.map((text) => form.test(text, reader));
  return new AnythingBut(name, isList ? texts : texts[0], texts, anyOf(tests));
}

const anyOf = (tests: readonly Test[]): Test =>
  tests.length === 1 ? tests[0]! : (value) => tests.some((test) => test(value));

function parseOne(reader: PatternReader, token: Token): Matcher {
  if (token !== "string" && token !== "number") reader.fail(badValue);
  const text = reader.text();
  if (token === "string") return strings(text, [text]);
  const double = comparable(text);
  if (double === undefined) throw new PatternError(`Cannot compare number : ${text}`);
  return numbers([text], false, [double]);
}

function parseList(reader: PatternReader): Matcher {
  const texts: string[] = [];
  const doubles: number[] = [];
  for (let item = reader.next(); item !== "]"; item = reader.next()) {
    if (item !== "string" && item !== "number")
      reader.fail("Inside anything but list, start|null|boolean is not supported.", true);
    texts.push(reader.text());
    if (item === "string") continue;
    const double = comparable(texts.at(-1)!);
    if (double === undefined) reader.fail(`Cannot compare number : ${texts.at(-1)}`);
    doubles.push(double);
  }
  if (texts.length === 0 || (doubles.length > 0 && doubles.length < texts.length))
    reader.fail(
      "Inside anything but list, either all values are number or string, mixed type is not supported",
    );
  return doubles.length > 0 ? numbers(texts, true, doubles) : strings(texts, texts);
}

function strings(argument: string | string[], texts: readonly string[]): Matcher {
  const needles = texts.map((text) => new Needle(text));
  return new AnythingBut("", argument, texts, (value) => needles.some((needle) => value.is(needle)));
}

const numbers = (texts: readonly string[], isList: boolean, doubles: readonly number[]): Matcher =>
  new AnythingBut("", isList ? doubles : doubles[0], texts, (value) => doubles.includes(value.double), true);

class AnythingBut implements Matcher {
  readonly operator: string;
  readonly isNumeric: boolean;
  readonly wildcards: readonly string[] | undefined;
  readonly #form: string;
  readonly #argument: unknown;
  readonly #texts: readonly string[];
  readonly #isListed: Test;

  constructor(form: string, argument: unknown, texts: readonly string[], isListed: Test, isNumeric = false) {
    this.operator = form === "" ? "anything-but" : `anything-but-${form}`;
    this.isNumeric = isNumeric;
    this.#form = form;
    this.#argument = argument;
    this.#texts = texts;
    this.#isListed = isListed;
    if (form === "wildcard") this.wildcards = texts;
  }

  test(value: Value): boolean {
    return !this.#isListed(value);
  }

  print(): string {
    const items = this.#texts.map((text) => (this.isNumeric ? text : JSON.stringify(text)));
    const argument = Array.isArray(this.#argument) ? `[${items.join(",")}]` : items[0]!;
    return `{"anything-but":${this.#form === "" ? argument : `{"${this.#form}":${argument}}`}}`;
  }

  wanted(): unknown {
    return this.#argument;
  }

  hint(): string {
    return "is one of those that are ruled out";
  }
}
