import { nearNames } from "../near.ts";
import { Fault } from "./fault.ts";

/** An operator as a person names it: one name for each that takes a text, nested ones too. */
interface TextOperator {
  readonly name: string;
  /** Where the text goes: `{"anything-but": {"prefix": text}}` is `["anything-but", "prefix"]`. */
  readonly keys: readonly string[];
  readonly about: string;
}

export const textOperators: readonly TextOperator[] = [
  { name: "prefix", keys: ["prefix"], about: "begins with" },
  { name: "suffix", keys: ["suffix"], about: "ends with" },
  { name: "equals-ignore-case", keys: ["equals-ignore-case"], about: "is, in whatever case" },
  { name: "prefix-ignore-case", keys: ["prefix", "equals-ignore-case"], about: "begins with, in any case" },
  { name: "suffix-ignore-case", keys: ["suffix", "equals-ignore-case"], about: "ends with, in any case" },
  { name: "wildcard", keys: ["wildcard"], about: "looks like, * for any text" },
  { name: "cidr", keys: ["cidr"], about: "is an address of a network, 10.0.0.0/8" },
  ...(["prefix", "suffix", "equals-ignore-case", "wildcard"] as const).map((inner) => ({
    name: `anything-but-${inner}`,
    keys: ["anything-but", inner],
    about: "",
  })),
];

/** Every name that `PATH:OPERATOR` takes. */
export const operatorNames = [...textOperators.map(({ name }) => name), "anything-but", "numeric", "exists"];

/** Reads what follows `PATH:`. */
export function readOperator(text: string): unknown {
  const [, name = "", colon, rest = ""] = /^([^:]*)(:?)([\s\S]*)$/.exec(text)!;
  const operator = textOperators.find((each) => each.name === name);
  if (operator !== undefined) return colon === "" ? missing(name, "a text") : nest(operator.keys, rest);
  switch (name) {
    case "anything-but": {
      if (colon === "") return missing(name, "a value");
      const value = rest.startsWith("=") ? readPlain(rest.slice(1)) : rest;
      return value instanceof Fault ? value : { "anything-but": value };
    }
    case "numeric":
      return readNumeric(rest);
    case "exists":
      return /^(?:true|false|)$/.test(rest)
        ? { exists: rest !== "false" }
        : new Fault("exists is followed by true or false");
    default: {
      const near = nearNames(name, operatorNames);
      const words =
        near.length > 0 ? `is ${near.join(" or ")} meant?` : `there are ${operatorNames.join(", ")}`;
      return new Fault(`no operator is called ${JSON.stringify(name)}; ${words}`);
    }
  }
}

/** The opposite: `numeric:>:100`. */
export function writeOperator(matcher: object): string {
  const [[key, value]] = Object.entries(matcher) as [[string, unknown]];
  if (key === "numeric") return ["numeric", ...(value as readonly unknown[]).map(String)].join(":");
  if (key === "exists") return `exists:${value}`;
  if (key === "anything-but" && (typeof value !== "object" || value === null))
    return typeof value === "string" && !value.startsWith("=")
      ? `anything-but:${value}`
      : `anything-but:=${JSON.stringify(value)}`;
  const keys = typeof value === "string" ? [key] : [key, Object.keys(value as object)[0]!];
  const operator = textOperators.find((each) => each.keys.join() === keys.join())!;
  return `${operator.name}:${typeof value === "string" ? value : Object.values(value as object)[0]}`;
}

/** A plain value out of JSON: what is no list and no object, and keeps its digits. */
export function readPlain(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Fault(`${JSON.stringify(text)} is no JSON value; = takes a text as it is`);
  }
  if (typeof value === "object" && value !== null)
    return new Fault("a list or an object is no value; give the flag once for each alternative");
  return typeof value === "number" ? (readNumber(text.trim()) ?? tooLong(text)) : value;
}

function readNumeric(text: string): unknown {
  const parts = text === "" ? [] : text.split(":");
  if (parts.length === 0 || parts.length % 2 === 1)
    return missing("numeric", "an operator and a number, as in numeric:>:100 or numeric:>=:0:<:100");
  const range: unknown[] = [];
  for (const [i, part] of parts.entries()) {
    const number = i % 2 === 0 ? part : readNumber(part);
    if (number === undefined)
      return /^-?\d+$/.test(part) ? tooLong(part) : new Fault(`${JSON.stringify(part)} is no number`);
    range.push(number);
  }
  return { numeric: range };
}

/** A whole number that JavaScript would round is not taken. */
function readNumber(text: string): number | undefined {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(number) ? undefined : number;
}

const nest = (keys: readonly string[], text: string): unknown =>
  keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), text);

const missing = (name: string, what: string): Fault => new Fault(`${name} needs ${what}`);

const tooLong = (text: string): Fault =>
  new Fault(`${text.trim()} has more digits than are kept here; such a pattern is written by hand`);
