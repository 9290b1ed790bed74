import type { ErrorObject } from "ajv";
import { kindOf } from "../event/draft.ts";
import { renderPath, type Step } from "../event/path.ts";
import { nearNames } from "../near.ts";
import { isRecord } from "./node.ts";

/** A place in a detail that the schema does not allow. */
export interface Mismatch {
  /** `detail.items[0].sku` */
  readonly path: string;
  /** `a number`, `one of "packed", "sent"` */
  readonly wanted: string;
  /** `"12"`, `an object`, `nothing` */
  readonly found: string;
}

export const renderMismatch = ({ path, wanted, found }: Mismatch): string =>
  `${path}: wanted ${wanted}, found ${found}`;

type Told = { readonly error: ErrorObject; readonly mismatch: Mismatch };

/** What a validator of all errors has found, in its order, with the forms of an `anyOf` told as one. */
export function readMismatches(errors: readonly ErrorObject[], detail: unknown): readonly Mismatch[] {
  const told: Told[] = [];
  for (const error of errors) {
    const forms: Told[] = [];
    if (/^(anyOf|oneOf)$/.test(error.keyword))
      while (told.length > 0 && isOfForm(told.at(-1)!.error, error)) forms.unshift(told.pop()!);
    const others = forms.filter(({ mismatch }) => mismatch.wanted !== "null");
    // A field that may be null is written as a choice: what is wrong is what the other form says.
    if (others.length > 0 && others.length < forms.length) told.push(...others);
    else told.push({ error, mismatch: describe(error, detail, others) });
  }
  return told.map(({ mismatch }) => mismatch);
}

/** An error inside one of the forms, not one of what stands beside them. */
function isOfForm(error: ErrorObject, { instancePath, schemaPath }: ErrorObject): boolean {
  if (!`${error.instancePath}/`.startsWith(`${instancePath}/`)) return false;
  const beside = schemaPath.slice(0, schemaPath.lastIndexOf("/") + 1);
  return error.schemaPath.startsWith(`${schemaPath}/`) || !error.schemaPath.startsWith(beside);
}

function describe(error: ErrorObject, detail: unknown, forms: readonly Told[]): Mismatch {
  const steps = stepsOf(error.instancePath, detail);
  const { keyword, params, data } = error;
  const at = (step: Step, wanted: string, value: unknown) => ({
    path: renderPath(["detail", ...steps, step]),
    wanted,
    found: textOf(value),
  });
  if (keyword === "required") return at(params.missingProperty, "a value (it is required)", undefined);
  if (keyword === "additionalProperties") {
    const name: string = params.additionalProperty;
    const known = Object.keys(isRecord(error.parentSchema?.properties) ? error.parentSchema.properties : {});
    const [near] = nearNames(name, known);
    return at(
      name,
      near === undefined ? "no such field" : `no such field (is ${near} meant?)`,
      isRecord(data) ? data[name] : data,
    );
  }
  return { path: renderPath(["detail", ...steps]), wanted: wantedOf(error, forms), found: textOf(data) };
}

/** The keywords whose numbers bound something, and what. */
const bounds: Readonly<Record<string, (limit: unknown) => string>> = {
  minLength: (limit) => `at least ${limit} characters`,
  maxLength: (limit) => `at most ${limit} characters`,
  minItems: (limit) => `at least ${limit} items`,
  maxItems: (limit) => `at most ${limit} items`,
  additionalItems: (limit) => `at most ${limit} items`,
  minProperties: (limit) => `at least ${limit} fields`,
  maxProperties: (limit) => `at most ${limit} fields`,
};

function wantedOf({ keyword, params, schema, message }: ErrorObject, forms: readonly Told[]): string {
  const bound = bounds[keyword];
  if (bound !== undefined) return bound(params.limit);
  switch (keyword) {
    case "type":
      return [params.type].flat().map(article).join(" or ");
    case "enum": {
      const [only] = params.allowedValues;
      return params.allowedValues.length === 1 && only === null ? "null" : oneOf(params.allowedValues);
    }
    case "minimum":
    case "maximum":
      return `a number ${params.comparison} ${params.limit}`;
    case "multipleOf":
      return `a multiple of ${params.multipleOf}`;
    case "pattern":
      return `a text that matches /${params.pattern}/`;
    case "format":
      return `the format ${params.format}`;
    case "uniqueItems":
      return "items that differ";
    case "not":
      return `something else than ${textOf(schema)}`;
    case "anyOf":
    case "oneOf":
      return formsText(forms, params.passingSchemas);
    default:
      return message ?? keyword;
  }
}

function formsText(forms: readonly Told[], passing: unknown): string {
  if (Array.isArray(passing)) return "just one of the forms that the schema allows (several fit)";
  const words = forms.slice(0, 4).map(({ mismatch: { path, wanted } }) => `${path} as ${wanted}`);
  return ["one of the forms that the schema allows", ...(words.length > 0 ? [words.join(", or ")] : [])].join(
    ": ",
  );
}

function oneOf(choices: readonly unknown[]): string {
  const words = choices.slice(0, 10).map((choice) => JSON.stringify(choice));
  if (words.length === 1) return words[0]!;
  return `one of ${words.join(", ")}${choices.length > words.length ? ", …" : ""}`;
}

const article = (type: string): string =>
  type === "null" ? type : `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;

/** What was found, short enough for a line. */
function textOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "object" && value !== null) return kindOf(value);
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** A JSON pointer, with the steps into arrays as numbers. */
function stepsOf(pointer: string, detail: unknown): readonly Step[] {
  let here = detail;
  return pointer
    .split("/")
    .slice(1)
    .map((piece) => {
      const key = piece.replaceAll("~1", "/").replaceAll("~0", "~");
      const step = Array.isArray(here) ? Number(key) : key;
      here = (here as Record<Step, unknown> | undefined)?.[step];
      return step;
    });
}
