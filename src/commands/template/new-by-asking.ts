import { parsePath, type Step } from "../../core/event/path.ts";
import { assign } from "../../core/event/set.ts";
import { escapeText, expr, isFreeName } from "../../core/event/template/quote.ts";
import { coerce, type VariableType, variableTypes } from "../../core/event/template/variables.ts";
import { askChoice, askText } from "../../shell/ask.ts";
import type { World } from "../../shell/world.ts";
import type { NewOptions } from "./command.ts";
import type { Making } from "./new.ts";

/** A template by questions: whose events, and which fields their detail has. */
export async function makeByAsking(options: NewOptions, world: World): Promise<Making> {
  const text = (question: string) =>
    askText(world, question, (answer) => (answer.trim() ? undefined : "a text is needed"));
  const source = await text("source (com.example.shop)");
  const detailType = await text("detail type (Order Placed)");
  const description = options.description ?? (await askText(world, "what it is for", () => undefined));
  const variables: Record<string, object> = {};
  const draft = { form: "envelope" as const, detail: {} };
  for (;;) {
    const path = await askText(world, "a field of the detail, such as order.id (none: done)", (answer) =>
      answer.trim() === "" ? undefined : pathFault(answer.trim(), variables),
    );
    if (path.trim() === "") break;
    const steps = parsePath(path.trim()) as readonly Step[];
    const name = String(steps.at(-1));
    const type = await askChoice(
      world,
      "its type",
      variableTypes.map((value) => ({ name: value, value })),
    );
    const preset = await askPreset(world, name, type);
    const about = await askText(world, "what it is", () => undefined);
    variables[name] = { ...preset, type, ...(about.trim() && { description: about.trim() }) };
    const value = type === "string" ? expr(name) : { $eval: name };
    assign(draft, { path: ["detail", ...steps], value });
  }
  const template = {
    $template: {
      ...(description.trim() && { description: description.trim() }),
      ...(Object.keys(variables).length > 0 && { variables }),
    },
    source: escapeText(source.trim()),
    "detail-type": escapeText(detailType.trim()),
    detail: draft.detail,
  };
  return { template, notes: [] };
}

function pathFault(path: string, taken: object): string | undefined {
  const steps = parsePath(path);
  if (typeof steps === "string") return steps;
  if (steps.some((step) => typeof step === "number"))
    return "a list cannot be asked for: give the field the type json";
  const name = String(steps.at(-1));
  if (!isFreeName(name)) return `${name} cannot be the name of a variable`;
  return Object.hasOwn(taken, name) ? `there is a variable ${name} already` : undefined;
}

async function askPreset(
  world: World,
  name: string,
  type: VariableType,
): Promise<{ readonly default?: unknown }> {
  const isExpression = (answer: string) => answer.includes(expr("").slice(0, 2));
  const answer = await askText(
    world,
    `its default, may be ${expr("uuid()")} or ${expr("now")} (none: it must be given)`,
    (given) => {
      if (given === "" || isExpression(given)) return undefined;
      const read = coerce(given, { name, type });
      return typeof read === "string" ? read : undefined;
    },
  );
  if (answer === "") return {};
  if (isExpression(answer)) return { default: answer };
  const read = coerce(answer, { name, type });
  return { default: typeof read === "string" ? answer : read.value };
}
