import type { PatternReader } from "../parse/reader.ts";
import type { Screen } from "../value/screen.ts";
import type { Value } from "../value/value.ts";

/** What a pattern wants of one value. A field's list holds several, of which one is enough. */
export interface Matcher {
  /** The operator's name as explanations give it. */
  readonly operator: string;
  test(value: Value): boolean;
  /** The matcher as JSON text, as it would stand in a pattern. */
  print(): string;
  /** What was asked for, for an explanation: the operator's argument. */
  wanted(): unknown;
  /** The likeliest reason why this value misses, where the operator knows one. */
  hint?(value: Value): string | undefined;
  /** What is surely not meant, though AWS accepts it. */
  warn?(): string | undefined;
  /** How a rule set can find the matcher without asking it: an exact text, or an exact number. */
  readonly key?: string | number | undefined;
  /** Tells from afar what need not be tested: the answer is then no, or, where `acceptsRuledOut` says so, yes. */
  readonly screen?: Screen | undefined;
  readonly acceptsRuledOut?: true;
  /**
   * Numbers at which the answer changes: between two neighbours of these, and at each, it is the same for all numbers
   * that compare by value. Without it (and without a screen), each number must be tested.
   */
  readonly bounds?: readonly number[];
  /** Satisfied by the absence of a value, and by no value. */
  readonly wantsAbsence?: true;
  /** Compares numbers as numbers, which changes what an address in the same field says about them: */
  readonly isNumeric?: boolean;
  /** the matcher to use beside one that compares numbers. */
  besideNumbers?(): Matcher;
  /** What the engine fails on when it takes the rule in, though it has read it without complaint. */
  readonly fault?: string | undefined;
  /** Wildcard patterns in it, which add to the complexity of the field. */
  readonly wildcards?: readonly string[] | undefined;
}

/** An operator of the pattern language: how it is called, and how its argument is read. */
export interface Operator {
  readonly name: string;
  /** The reader stands on the operator's name; afterwards, on the end of the object that holds it. */
  parse(reader: PatternReader): Matcher;
}

/** The end of a matcher's object; anything else is refused. */
export function closeObject(reader: PatternReader): void {
  if (reader.next() !== "}") reader.fail("Only one key allowed in match expression");
}

/** As `closeObject`, in the words that AWS has for the operators which came from `numeric`. */
export function closeExpression(reader: PatternReader): void {
  if (reader.next() !== "}") reader.fail("Too many elements in numeric expression");
}
