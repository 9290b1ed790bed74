import { PatternError } from "../error.ts";
import type { PatternReader, Token } from "../parse/reader.ts";
import { Folded } from "../value/fold.ts";
import { Glob } from "../value/glob.ts";
import { comparable } from "../value/number.ts";
import { type Outline, Screen } from "../value/screen.ts";
import { Needle } from "../value/text.ts";
import type { Value } from "../value/value.ts";
import { closeExpression, type Matcher, type Operator } from "./operator.ts";
import { affixOutline, affixTest } from "./prefix.ts";
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

/** A text that must not be there: how to tell it, and what is known of it from afar. */
interface Listed {
  readonly test: Test;
  readonly outline: Outline | undefined;
}

/** One way in which a text must not be there: what it may be, and, when all have been read, the test for it. */
interface Form {
  check(reader: PatternReader, token: Token, isListed: boolean): void;
  list(text: string, reader: PatternReader): Listed;
}

const affix = (side: "prefix" | "suffix"): Form => ({
  check(reader, token, isListed) {
    if (token !== "string") reader.fail("prefix/suffix match pattern must be a string", isListed);
    if (reader.text() === "") reader.fail("Null prefix/suffix not allowed", isListed);
  },
  list: (text) => ({ test: affixTest(side, text, false), outline: affixOutline(side, text, false) }),
});

const notAString = "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.";

const forms: Readonly<Record<string, Form>> = {
  prefix: affix("prefix"),
  suffix: affix("suffix"),
  "equals-ignore-case": {
    check(reader, token, isListed) {
      if (token !== "string") reader.fail(notAString, isListed);
    },
    list(text) {
      const folded = new Folded(text);
      return { test: (value) => folded.equals(value), outline: folded.outline("whole") };
    },
  },
  wildcard: {
    check(reader, token, isListed) {
      if (token !== "string") reader.fail("wildcard match pattern must be a string", isListed);
    },
    list(text, reader) {
      const glob = new Glob(parseGlob(text, reader));
      return { test: (value) => glob.matches(value), outline: glob.outline() };
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
  const listed = texts.map((text) => form.list(text, reader));
  return new AnythingBut(name, isList ? texts : texts[0], texts, anyOf(listed), { screen: screenOf(listed) });
}

const anyOf = (listed: readonly Listed[]): Test =>
  listed.length === 1 ? listed[0]!.test : (value) => listed.some(({ test }) => test(value));

function screenOf(listed: readonly Listed[]): Screen | undefined {
  if (listed.length === 0) return undefined;
  const outlines = listed.flatMap(({ outline }) => outline ?? []);
  return outlines.length === listed.length ? new Screen(outlines) : undefined;
}

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
  const listed = texts.map((text): Listed => {
    const needle = new Needle(text);
    return { test: (value) => value.is(needle), outline: needle.outline("whole") };
  });
  return new AnythingBut("", argument, texts, anyOf(listed), { screen: screenOf(listed) });
}

const numbers = (texts: readonly string[], isList: boolean, doubles: readonly number[]): Matcher =>
  new AnythingBut("", isList ? doubles : doubles[0], texts, (value) => doubles.includes(value.double), {
    bounds: doubles,
  });

class AnythingBut implements Matcher {
  readonly operator: string;
  readonly isNumeric: boolean;
  readonly wildcards: readonly string[] | undefined;
  readonly screen: Screen | undefined;
  readonly acceptsRuledOut = true;
  readonly bounds: readonly number[];
  readonly #form: string;
  readonly #argument: unknown;
  readonly #texts: readonly string[];
  readonly #isListed: Test;

  constructor(
    form: string,
    argument: unknown,
    texts: readonly string[],
    isListed: Test,
    { screen, bounds = [] }: { screen?: Screen | undefined; bounds?: readonly number[] },
  ) {
    this.operator = form === "" ? "anything-but" : `anything-but-${form}`;
    this.isNumeric = typeof [argument].flat()[0] === "number";
    this.screen = screen;
    this.bounds = bounds;
    this.#form = form;
    this.#argument = argument;
    this.#texts = texts;
    this.#isListed = isListed;
    if (form === "wildcard") this.wildcards = texts;
  }

  /** The service answers with an internal failure here. */
  get fault(): string | undefined {
    return this.#texts.length === 0 ? `Empty list in anything-but ${this.#form}` : undefined;
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
