import { ServiceFault } from "../../fault.ts";
import type { ListShape, MapShape, NumberShape, Shape, StructureShape, TextShape } from "./shape.ts";
import { renderValue } from "./value.ts";

/**
 * Checks an input against its shape before the operation sees it, and throws what AWS throws: one
 * `ValidationException` that lists all breaches, or a `SerializationException` for a value of the wrong type.
 * Texts as recorded for PutTargets and PutEvents.
 */
export function validate(shape: StructureShape, input: unknown): void {
  const breaches: string[] = [];
  visit(shape, input ?? {}, "", breaches);
  if (breaches.length === 0) return;
  const head = breaches.length === 1 ? "1 validation error" : `${breaches.length} validation errors`;
  throw new ServiceFault("ValidationException", `${head} detected: ${breaches.join("; ")}`);
}

function visit(shape: Shape, value: unknown, path: string, breaches: string[]): void {
  const breach = (constraint: string) =>
    breaches.push(
      `Value ${quoted(shape, value)} at '${path}' failed to satisfy constraint: Member must ${constraint}`,
    );
  if (value === undefined || value === null) {
    if (shape.required) breach("not be null");
    return;
  }
  demandType(shape, value);
  if (shape.type === "string") checkText(shape, value as string, breach);
  else if (shape.type === "integer") checkNumber(shape, value as number, breach);
  else if (shape.type === "map") visitMap(shape, value as Record<string, unknown>, path, breach, breaches);
  else if (shape.type === "list") {
    const members = value as unknown[];
    checkLength(shape, members.length, breach);
    for (const [at, member] of members.entries())
      visit(shape.member, member, `${path}.${at + 1}.member`, breaches);
  } else if (shape.type === "structure")
    for (const [name, member] of Object.entries(shape.members)) {
      const at = path === "" ? lower(name) : `${path}.${lower(name)}`;
      visit(member, (value as Record<string, unknown>)[name], at, breaches);
    }
}

function visitMap(
  shape: MapShape,
  value: Record<string, unknown>,
  path: string,
  breach: (constraint: string) => void,
  breaches: string[],
): void {
  const entries = Object.entries(value);
  checkLength(shape, entries.length, breach);
  for (const [key, member] of entries) {
    const wrong: string[] = [];
    checkText(shape.key, key, (constraint) => wrong.push(`Member must ${constraint}`));
    if (wrong.length > 0)
      breaches.push(
        `Value '${renderValue(shape, value)}' at '${path}' failed to satisfy constraint: Map keys must satisfy constraint: [${wrong.join(", ")}]`,
      );
    visit(shape.value, member, `${path}.${key}.member`, breaches);
  }
}

function checkText(shape: TextShape, value: string, breach: (constraint: string) => void): void {
  // Characters are code points, as in the model's length trait.
  checkLength(shape, value.length < (shape.max ?? 0) ? value.length : [...value].length, breach);
  if (shape.pattern !== undefined && !wholly(shape.pattern).test(value))
    breach(`satisfy regular expression pattern: ${shape.pattern}`);
  if (shape.values !== undefined && !shape.values.includes(value))
    breach(`satisfy enum value set: [${shape.values.join(", ")}]`);
}

function checkNumber({ min, max }: NumberShape, value: number, breach: (constraint: string) => void): void {
  if (max !== undefined && value > max) breach(`have value less than or equal to ${max}`);
  if (min !== undefined && value < min) breach(`have value greater than or equal to ${min}`);
}

function checkLength(
  { min, max }: Pick<ListShape, "min" | "max">,
  length: number,
  breach: (constraint: string) => void,
): void {
  if (max !== undefined && length > max) breach(`have length less than or equal to ${max}`);
  if (min !== undefined && length < min) breach(`have length greater than or equal to ${min}`);
}

function demandType(shape: Shape, value: unknown): void {
  const found = Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
  if (found === wanted[shape.type]) {
    if (shape.type === "timestamp") demandTime(value as number);
    return;
  }
  const message =
    found === "list"
      ? "Start of list found where not expected"
      : found === "object"
        ? "Start of structure or map found where not expected."
        : `${found.toUpperCase()}_VALUE can not be converted to ${names[shape.type]}`;
  throw new ServiceFault("SerializationException", message);
}

/** The seconds of years with four digits. That others are refused is documented nowhere; the wording is ours. */
function demandTime(seconds: number): void {
  if (seconds >= -62_135_596_800 && seconds < 253_402_300_800) return;
  throw new ServiceFault("SerializationException", `${seconds} can not be converted to a Timestamp`);
}

const wanted = {
  string: "string",
  integer: "number",
  timestamp: "number",
  boolean: "boolean",
  list: "list",
  map: "object",
  structure: "object",
} as const;
const names = {
  string: "a String",
  integer: "an Integer",
  timestamp: "a Timestamp",
  boolean: "a Boolean",
  list: "a List",
  map: "a Map",
  structure: "a Structure",
} as const;

const quoted = (shape: Shape, value: unknown): string =>
  value === undefined || value === null ? "null" : `'${renderValue(shape, value)}'`;

const lower = (name: string): string => name[0]!.toLowerCase() + name.slice(1);

const compiled = new Map<string, RegExp>();
function wholly(pattern: string): RegExp {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    regex = new RegExp(`^(?:${pattern})$`);
    compiled.set(pattern, regex);
  }
  return regex;
}
