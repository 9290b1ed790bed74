import { parsePath } from "../event/path.ts";
import { Fault } from "./fault.ts";
import { readOperator, readPlain, writeOperator } from "./operators.ts";

/** One thing that a pattern asks for: a field, and a matcher as a pattern has it. */
export interface Condition {
  readonly path: readonly string[];
  readonly matcher: unknown;
}

/**
 * Reads `detail.status=PAID` (a text), `detail.total:=100` (any plain JSON value) or `detail.total:numeric:>:100` (an
 * operator and its arguments).
 */
export function parseCondition(text: string): Condition | Fault {
  const split = /^((?:\["(?:[^"\\]|\\.)*"\]|\\.|[^:=\\[]|\[(?!"))*?)(:=|=|:)([\s\S]*)$/.exec(text);
  if (split === null) return new Fault("expected PATH=TEXT, PATH:=JSON or PATH:OPERATOR:ARGUMENT");
  const [, left = "", sign, right = ""] = split;
  const path = parseField(left);
  if (path instanceof Fault) return path;
  const matcher = sign === "=" ? right : sign === ":=" ? readPlain(right) : readOperator(right);
  return matcher instanceof Fault ? matcher : { path, matcher };
}

/** A path as far as patterns know them. */
export function parseField(text: string): readonly string[] | Fault {
  const path = parsePath(text);
  if (typeof path === "string") return new Fault(path);
  if (!path.every((step) => typeof step === "string"))
    return new Fault("a pattern has no indexes: it looks at every element of an array");
  if (path.includes("$or")) return new Fault("$or is no field");
  if (path.join() === "detail") return new Fault("detail is an object: name a field of it, detail.status");
  return path;
}

/** The opposite of `parseCondition`, for a command line that says the same. */
export function renderCondition({ path, matcher }: Condition): string {
  const field = renderField(path);
  if (typeof matcher === "string") return `${field}=${matcher}`;
  if (typeof matcher !== "object" || matcher === null) return `${field}:=${JSON.stringify(matcher)}`;
  return `${field}:${writeOperator(matcher)}`;
}

/** `detail.order.id`; a key with a sign that means something here is quoted: `detail["a:b"]`. */
export const renderField = (path: readonly string[]): string =>
  path
    .map((step, i) => {
      if (!/^[^.[\]\\"=:\s]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join("");
