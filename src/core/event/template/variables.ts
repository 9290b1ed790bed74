import { kindOf } from "../draft.ts";

export const variableTypes = ["string", "number", "integer", "boolean", "json"] as const;
export type VariableType = (typeof variableTypes)[number];

/** A value that a template asks for. */
export interface Variable {
  readonly name: string;
  readonly description?: string | undefined;
  readonly type: VariableType;
  /** Rendered for each event, with the variables before it; absent where the value must be given. */
  readonly default?: unknown;
}

/** Reads one declaration of `$template.variables`; gives the sentence that says what is wrong with it. */
export function parseVariable(name: string, value: unknown): Variable | string {
  if (!/^[a-zA-Z_]\w*$/.test(name))
    return `${JSON.stringify(name)} is no name for a variable: letters, digits and _, no digit first`;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return `the variable ${name} must be an object with default, description and type, found ${kindOf(value)}`;
  const { default: preset, description, type, ...others } = value as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other !== undefined)
    return `the variable ${name} has an unknown key ${JSON.stringify(other)}: default, description and type are known`;
  if (description !== undefined && typeof description !== "string")
    return `the description of the variable ${name} must be a text, found ${kindOf(description)}`;
  if (type !== undefined && !variableTypes.includes(type as VariableType))
    return `the variable ${name} has an unknown type ${JSON.stringify(type)}: ${variableTypes.join(", ")} are known`;
  return {
    name,
    description,
    type: (type as VariableType | undefined) ?? typeOf(preset),
    ...(preset === undefined ? {} : { default: preset }),
  };
}

const typeOf = (preset: unknown): VariableType => {
  if (preset === undefined || typeof preset === "string") return "string";
  if (typeof preset === "number" || typeof preset === "boolean") return typeof preset as "number" | "boolean";
  return "json";
};

/** A value of a variable's type made of what was given, or the sentence that says why there is none. */
export function coerce(
  value: unknown,
  { name, type }: Pick<Variable, "name" | "type">,
): { readonly value: unknown } | string {
  const no = () => `the variable ${name} wants ${articles[type]}, found ${JSON.stringify(value)}`;
  if (type === "string")
    return typeof value === "object" || value === undefined ? no() : { value: String(value) };
  if (type === "boolean") {
    if (value === true || value === "true") return { value: true };
    return value === false || value === "false" ? { value: false } : no();
  }
  if (type === "json") return typeof value === "string" ? readJson(value, no) : { value };
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return no();
  return type === "integer" && !Number.isSafeInteger(number) ? no() : { value: number };
}

const articles: Readonly<Record<VariableType, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  json: "JSON",
};

function readJson(text: string, no: () => string): { readonly value: unknown } | string {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return no();
  }
}
