import { EvbError } from "../../errors.ts";
import { kindOf } from "../draft.ts";
import { placeInTemplate } from "./place.ts";
import { parseVariable, type Variable } from "./variables.ts";

/** A template as it was read: JSON, with json-e expressions inside, and what it says of itself. */
export interface Template {
  /** What errors call it: its path. */
  readonly name: string;
  readonly text: string;
  /** The JSON without `$template`. */
  readonly body: unknown;
  readonly description?: string | undefined;
  readonly variables: readonly Variable[];
  /** It calls `fake(…)`, so that fake values must be at hand. */
  readonly usesFake: boolean;
}

/** Reads a template of a JSON text that has been parsed. The top-level key `$template` describes it. */
export function parseTemplate(name: string, text: string, json: unknown): Template {
  if (typeof json !== "object" || json === null)
    throw new EvbError(
      "BAD_TEMPLATE",
      `${name}: a template is an event or a list of events, found ${kindOf(json)}`,
    );
  const usesFake = /\bfake\s*\(/.test(text);
  if (Array.isArray(json)) return { name, text, body: json, variables: [], usesFake };
  const { $template: head = {}, ...body } = json as Record<string, unknown>;
  const fail = (sentence: string, word?: string): never => {
    throw new EvbError(
      "BAD_TEMPLATE",
      `${name}:${placeInTemplate(text, ['["$template"]'], word)}: ${sentence}`,
      [
        'for example "$template": {"variables": {"customer": {"default": "c-1", "description": "customer id"}}}',
      ],
    );
  };
  if (typeof head !== "object" || head === null || Array.isArray(head))
    return fail(`$template must be an object, found ${kindOf(head)}`);
  const { description, variables = {}, ...others } = head as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other !== undefined)
    fail(`$template has an unknown key ${JSON.stringify(other)}: description and variables are known`);
  if (description !== undefined && typeof description !== "string")
    return fail(`the description must be a text, found ${kindOf(description)}`);
  if (typeof variables !== "object" || variables === null || Array.isArray(variables))
    return fail(`variables must be an object, found ${kindOf(variables)}`);
  const read = Object.entries(variables).map(([key, value]): Variable => {
    const variable = parseVariable(key, value);
    return typeof variable === "string" ? fail(variable, key) : variable;
  });
  return { name, text, body, description, variables: read, usesFake };
}
