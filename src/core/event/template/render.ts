import jsone from "json-e";
import { JSONTemplateError } from "json-e/src/error.js";
import { EvbError } from "../../errors.ts";
import { nearNames } from "../../near.ts";
import { kindOf } from "../draft.ts";
import { builtinNames, type Tools, templateNames } from "./functions.ts";
import type { Template } from "./parse.ts";
import { placeInTemplate } from "./place.ts";
import { coerce, type Variable } from "./variables.ts";

/** Values for variables, by name; those given as text are made what the variable wants. */
export type Given = Readonly<Record<string, unknown>>;

/** Renders a template once; a template may make several events. Throws `BAD_TEMPLATE` with the place of the fault. */
export function renderTemplate(template: Template, given: Given, tools: Tools): readonly unknown[] {
  const context = contextOf(template, given, tools);
  try {
    return eventsOf(jsone(template.body as Record<string, unknown>, context), template);
  } catch (error) {
    throw explained(error, template, context);
  }
}

/** The values of a template's variables in one rendering. */
export function renderVariables(template: Template, given: Given, tools: Tools): Given {
  const context = contextOf(template, given, tools);
  return Object.fromEntries(template.variables.map(({ name }) => [name, context[name]]));
}

/** A value with expressions in it, out of a file that is no template as a whole. */
export function renderPart(template: Template, part: unknown, given: Given, tools: Tools): unknown {
  const context = contextOf(template, given, tools);
  try {
    return jsone(part as Record<string, unknown>, context);
  } catch (error) {
    throw explained(error, template, context);
  }
}

/** A variable that has no value, and where it is wanted: `order.json:4:15`. */
export interface Missing extends Variable {
  readonly place: string;
}

/**
 * Everything that still has to be given: declared variables without a default, and names that are used without being
 * declared. The latter show only one by one, so the template is rendered until no more come to light.
 */
export function findMissing(template: Template, given: Given, tools: Tools): readonly Missing[] {
  const missing: Missing[] = template.variables
    .filter(({ name, ...variable }) => !("default" in variable) && !Object.hasOwn(given, name))
    .map((variable) => ({ ...variable, place: placeIn(template, ['["$template"]'], variable.name) }));
  const stand = new Map<string, unknown>(missing.map(({ name, type }) => [name, samples[type]]));
  for (;;) {
    const context = { ...contextOf(template, { ...given, ...Object.fromEntries(stand) }, tools) };
    try {
      jsone(template.body as Record<string, unknown>, context);
      return missing;
    } catch (error) {
      const unknown = unknownName(error);
      if (unknown === undefined || stand.has(unknown.name) || isCalled(unknown.name, template)) {
        // With stand-ins in place a fault may be theirs; without, it is the template's.
        if (missing.length > 0) return missing;
        throw explained(error, template, context);
      }
      stand.set(unknown.name, "");
      missing.push({
        name: unknown.name,
        type: "string",
        place: placeIn(template, unknown.location, unknown.name),
      });
    }
  }
}

const samples = { string: "", number: 1, integer: 1, boolean: true, json: {} } as const;

function contextOf(template: Template, given: Given, tools: Tools): Record<string, unknown> {
  const context = templateNames(tools);
  const undeclared = new Set(Object.keys(given));
  for (const variable of template.variables) {
    undeclared.delete(variable.name);
    if (Object.hasOwn(given, variable.name)) {
      const read = coerce(given[variable.name], variable);
      if (typeof read === "string") throw new EvbError("BAD_TEMPLATE", `${template.name}: ${read}`);
      context[variable.name] = read.value;
    } else if ("default" in variable) context[variable.name] = renderDefault(template, variable, context);
  }
  for (const name of undeclared) context[name] = given[name];
  return context;
}

function renderDefault(template: Template, variable: Variable, context: Record<string, unknown>): unknown {
  let value: unknown;
  try {
    value = jsone(variable.default as string, context);
  } catch (error) {
    const above = ['["$template"]', ".variables", `.${variable.name}`, ".default"];
    throw explained(error, template, context, above);
  }
  const read = coerce(value, variable);
  if (typeof read === "string") throw new EvbError("BAD_TEMPLATE", `${template.name}: default: ${read}`);
  return read.value;
}

/** One event, a list, or `{"events": […]}`, which leaves room for `$template` beside a list. */
function eventsOf(rendered: unknown, { name }: Template): readonly unknown[] {
  if (Array.isArray(rendered)) return rendered;
  if (typeof rendered !== "object" || rendered === null)
    throw new EvbError("BAD_TEMPLATE", `${name}: rendering gave ${kindOf(rendered)}, not an event`);
  const { events, ...others } = rendered as { events?: unknown };
  return Array.isArray(events) && Object.keys(others).length === 0 ? events : [rendered];
}

/** Turns an error of json-e into one that names file, line, column and field. */
function explained(
  error: unknown,
  template: Template,
  context: Readonly<Record<string, unknown>>,
  above: readonly string[] = [],
): unknown {
  if (!(error instanceof JSONTemplateError)) {
    if (error instanceof EvbError || !(error instanceof Error)) return error;
    const early = findUnfinished(template.body, []);
    if (early)
      return new EvbError(
        "BAD_TEMPLATE",
        `${placeIn(template, early)}: the expression is not finished`,
        [],
        error,
      );
    // json-e's own `$fromNow` throws a bare error for a broken offset.
    return new EvbError("BAD_TEMPLATE", `${template.name}: ${lower(error.message)}`, [], error);
  }
  const unknown = unknownName(error);
  const location = [...above, ...error.location];
  const place = placeIn(template, location, unknown?.name);
  const field = location.join("").replace(/^\./, "");
  if (unknown === undefined)
    return new EvbError(
      "BAD_TEMPLATE",
      `${place}: ${field ? `${field}: ` : ""}${lower(error.message)}`,
      [],
      error,
    );
  const called = isCalled(unknown.name, template);
  const near = nearNames(unknown.name, [...Object.keys(context), ...builtinNames]);
  return new EvbError(
    "BAD_TEMPLATE",
    `${place}: ${field ? `${field}: ` : ""}unknown ${called ? "function" : "name"} ${unknown.name}`,
    near.length > 0 ? [`did you mean ${near.join(" or ")}?`] : [],
    error,
  );
}

/** json-e's parser runs into `null` where an expression ends early, and then knows no place: so the text is sought. */
function findUnfinished(body: unknown, location: readonly string[]): readonly string[] | undefined {
  if (typeof body === "string") {
    // A text is an expression as a whole only where an operator says so.
    const whole = /^\["\$\w+"\]$/.test(location.at(-1) ?? "");
    return endsEarly(whole ? { $eval: body } : body) ? location : undefined;
  }
  if (typeof body !== "object" || body === null) return undefined;
  for (const [key, value] of Object.entries(body)) {
    const step = Array.isArray(body) ? `[${key}]` : `[${JSON.stringify(key)}]`;
    const found = findUnfinished(value, [...location, step]);
    if (found) return found;
  }
  return undefined;
}

function endsEarly(text: string | { readonly $eval: string }): boolean {
  try {
    jsone(text, {});
  } catch (error) {
    return error instanceof TypeError;
  }
  return false;
}

function unknownName(
  error: unknown,
): { readonly name: string; readonly location: readonly string[] } | undefined {
  if (!(error instanceof JSONTemplateError)) return undefined;
  const found = /^unknown context value (\w+)$/.exec(error.message);
  return found ? { name: found[1]!, location: error.location } : undefined;
}

const isCalled = (name: string, { text }: Template): boolean =>
  new RegExp(`(?<![\\w.])${name}\\s*\\(`).test(text);

const placeIn = ({ name, text }: Template, location: readonly string[], word?: string): string =>
  `${name}:${placeInTemplate(text, location, word)}`;

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
