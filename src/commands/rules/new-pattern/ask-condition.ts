import { type Way, waysFor } from "../../../core/pattern-draft/choices.ts";
import { type Condition, renderField } from "../../../core/pattern-draft/condition.ts";
import { Fault } from "../../../core/pattern-draft/fault.ts";
import type { Field } from "../../../core/pattern-draft/fields.ts";
import { readOperator, readPlain } from "../../../core/pattern-draft/operators.ts";
import { askChoice, askText, type Choice } from "../../../shell/ask.ts";
import type { World } from "../../../shell/world.ts";

const back = "back";

/** Says why a condition will not do beside the others, if it will not. */
export type Judge = (condition: Condition) => string | undefined;

/** How a field is to be matched, and by what; undefined when the person goes back. */
export async function askCondition(world: World, field: Field, judge: Judge): Promise<Condition | undefined> {
  const name = renderField(field.path);
  const ways = waysFor(field.values);
  for (;;) {
    const way = await askChoice<Way | undefined>(world, name, [
      ...ways.map((each) => ({ name: `${each.about}  (${each.name})`, value: each, short: each.about })),
      { name: "back to the fields", value: undefined },
    ]);
    if (way === undefined) return undefined;
    const matcher = await askMatcher(world, field, way, (given) =>
      judge({ path: field.path, matcher: given }),
    );
    if (matcher !== back) return { path: field.path, matcher: (matcher as Given).matcher };
  }
}

interface Given {
  readonly matcher: unknown;
}

type Fits = (matcher: unknown) => string | undefined;

async function askMatcher(world: World, field: Field, way: Way, fits: Fits): Promise<Given | typeof back> {
  const question = `${renderField(field.path)} ${way.about}`;
  if (way.asks === "nothing") return { matcher: readOperator(way.name) };
  if (way.asks === "value") return askValue(world, field, question, way.name === "equals", fits);
  if (way.asks === "range")
    return askTyped(world, `${question}, such as > 100 or >= 0 < 100`, readRange, fits);
  return askTyped(world, question, (text) => readOperator(`${way.name}:${text}`), fits);
}

/** One of the values that were seen, or another one. */
async function askValue(
  world: World,
  { values }: Field,
  question: string,
  isPlain: boolean,
  fits: Fits,
): Promise<Given | typeof back> {
  const made = (value: unknown) => (isPlain ? value : { "anything-but": value });
  const seen = isPlain
    ? values
    : values.filter((value) => typeof value === "string" || typeof value === "number");
  for (;;) {
    const choices: Choice<Given | "other" | typeof back>[] = [
      ...seen.map((value) => ({ name: JSON.stringify(value), value: { matcher: made(value) } })),
      { name: "another value", value: "other" },
      { name: "back", value: back },
    ];
    const chosen = await askChoice(world, question, choices);
    if (chosen !== "other") return chosen;
    const typed = await askTyped(
      world,
      `${question}: a text, or := and a number, true, false or null`,
      (text) => {
        const value = text.startsWith(":=") ? readPlain(text.slice(2)) : text;
        return value instanceof Fault ? value : made(value);
      },
      fits,
    );
    if (typed !== back) return typed;
  }
}

async function askTyped(
  world: World,
  question: string,
  read: (text: string) => unknown,
  fits: Fits,
): Promise<Given | typeof back> {
  const text = await askText(world, `${question} (none: back)`, (answer) => {
    if (answer === "") return undefined;
    const matcher = read(answer);
    return matcher instanceof Fault ? matcher.sentence : fits(matcher);
  });
  return text === "" ? back : { matcher: read(text) };
}

/** `>= 0 < 100` */
function readRange(text: string): unknown {
  const parts = text.match(/[<>=]+|[^<>=\s]+/g) ?? [];
  return parts.length % 2 === 0
    ? readOperator(`numeric:${parts.join(":")}`)
    : new Fault("a range is a sign and a number, or two of both: >= 0 < 100");
}
