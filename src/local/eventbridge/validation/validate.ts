import { ServiceFault } from "../../fault.ts";
import type { ListShape, MapShape, NumberShape, Shape, StructureShape, TextShape } from "./shape.ts";
import { renderValue } from "./value.ts";

/**
 * Checks an input against its shape before the operation sees it, and throws what AWS throws: one
 * `ValidationException` that lists all breaches, or a `SerializationException` for a value of the wrong type.
 * Texts as recorded for PutTargets and PutEvents.
 */
export function validate(shape: StructureShape, input: unknown): void {
  const { breaches } = new Visit(shape, input ?? {});
  if (breaches.length === 0) return;
  const head = breaches.length === 1 ? "1 validation error" : `${breaches.length} validation errors`;
  throw new ServiceFault("ValidationException", `${head} detected: ${breaches.join("; ")}`);
}

/** A walk through a value. Most find nothing, so that where something is, is put into words only when it is told. */
class Visit {
  readonly breaches: string[] = [];
  /** Names of members, and places in lists, on the way to the value that is looked at. */
  readonly #way: (string | number)[] = [];

  constructor(shape: StructureShape, input: unknown) {
    this.#visit(shape, input);
  }

  #visit(shape: Shape, value: unknown): void {
    if (value === undefined || value === null) {
      if (shape.required) this.#breach(shape, value, "not be null");
      return;
    }
    demandType(shape, value);
    if (shape.type === "structure")
      for (const member of shape.members)
        this.#visitAt(member.printed, member.shape, (value as Record<string, unknown>)[member.name]);
    else if (shape.type === "list") this.#visitList(shape, value as unknown[]);
    else if (shape.type === "map") this.#visitMap(shape, value as Record<string, unknown>);
    else if (shape.type === "string")
      checkText(shape, value as string, (constraint) => this.#breach(shape, value, constraint));
    else if (shape.type === "integer")
      checkNumber(shape, value as number, (constraint) => this.#breach(shape, value, constraint));
  }

  #visitAt(step: string | number, shape: Shape, value: unknown): void {
    this.#way.push(step);
    this.#visit(shape, value);
    this.#way.pop();
  }

  #visitList(shape: ListShape, members: readonly unknown[]): void {
    checkLength(shape, members.length, (constraint) => this.#breach(shape, members, constraint));
    for (let at = 0; at < members.length; at++) this.#visitAt(at + 1, shape.member, members[at]);
  }

  #visitMap(shape: MapShape, value: Record<string, unknown>): void {
    const entries = Object.entries(value);
    checkLength(shape, entries.length, (constraint) => this.#breach(shape, value, constraint));
    for (const [key, member] of entries) {
      const wrong: string[] = [];
      checkText(shape.key, key, (constraint) => wrong.push(`Member must ${constraint}`));
      if (wrong.length > 0)
        this.#tell(shape, value, `Map keys must satisfy constraint: [${wrong.join(", ")}]`);
      this.#visitAt(`${key}.member`, shape.value, member);
    }
  }

  #breach(shape: Shape, value: unknown, constraint: string): void {
    this.#tell(shape, value, `Member must ${constraint}`);
  }

  #tell(shape: Shape, value: unknown, what: string): void {
    const path = this.#way.map((step) => (typeof step === "number" ? `${step}.member` : step)).join(".");
    this.breaches.push(`Value ${quoted(shape, value)} at '${path}' failed to satisfy constraint: ${what}`);
  }
}

type Breach = (constraint: string) => void;

function checkText(shape: TextShape, value: string, breach: Breach): void {
  checkLength(shape, charactersOf(shape, value), breach);
  if (shape.pattern !== undefined && !wholly(shape.pattern).test(value))
    breach(`satisfy regular expression pattern: ${shape.pattern}`);
  if (shape.values !== undefined && !shape.values.includes(value))
    breach(`satisfy enum value set: [${shape.values.join(", ")}]`);
}

/** Characters are code points, as in the model's length trait. They are counted only where UTF-16 may mislead. */
const charactersOf = ({ min = 0, max = Number.POSITIVE_INFINITY }: TextShape, value: string): number =>
  min <= 1 && value.length <= max ? value.length : [...value].length;

function checkNumber({ min, max }: NumberShape, value: number, breach: Breach): void {
  if (max !== undefined && value > max) breach(`have value less than or equal to ${max}`);
  if (min !== undefined && value < min) breach(`have value greater than or equal to ${min}`);
}

function checkLength({ min, max }: Pick<ListShape, "min" | "max">, length: number, breach: Breach): void {
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

const compiled = new Map<string, RegExp>();
function wholly(pattern: string): RegExp {
  let regex = compiled.get(pattern);
  if (regex === undefined) {
    regex = new RegExp(`^(?:${pattern})$`);
    compiled.set(pattern, regex);
  }
  return regex;
}
