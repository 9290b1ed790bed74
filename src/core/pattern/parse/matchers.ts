import { parseString } from "../operators/exact.ts";
import { Num, Word } from "../operators/literal.ts";
import type { Matcher } from "../operators/operator.ts";
import { operatorNamed } from "../operators/registry.ts";
import type { PatternReader } from "./reader.ts";

const words = { true: new Word("true"), false: new Word("false"), null: new Word("null") } as const;

/** The list of a leaf; the reader stands on its `[`, and afterwards on its `]`. */
export function parseMatchers(reader: PatternReader): Matcher[] {
  const matchers: Matcher[] = [];
  while (reader.next() !== "]") matchers.push(parseMatcher(reader));
  if (matchers.length === 0) reader.fail("Empty arrays are not allowed");
  if (!matchers.some((matcher) => matcher.isNumeric === true)) return matchers;
  return matchers.map((matcher) => matcher.besideNumbers?.() ?? matcher);
}

function parseMatcher(reader: PatternReader): Matcher {
  switch (reader.token) {
    case "string":
      return parseString(reader);
    case "number":
      return new Num(reader.text());
    case "true":
    case "false":
    case "null":
      return words[reader.token];
    case "{":
      return parseExpression(reader);
    default:
      return reader.fail("Match value must be String, number, true, false, or null");
  }
}

function parseExpression(reader: PatternReader): Matcher {
  if (reader.next() !== "name") reader.fail("Match expression name not found");
  const operator = operatorNamed(reader.text());
  if (operator === undefined) reader.fail(`Unrecognized match type ${reader.text()}`);
  return operator.parse(reader);
}
