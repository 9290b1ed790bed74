import type { Random } from "../clock.ts";
import { makeHex, makeUuid } from "../event/ids.ts";
import { textMatching } from "./matching.ts";
import { type SchemaNode, typeOf } from "./node.ts";
import type { EventSchema } from "./parse.ts";
import { buildSample } from "./sample.ts";

export interface ExampleTools {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly random: Random;
}

/** An event as a consumer would see it, with a detail that the schema allows. Source and detail type are the schema's. */
export function makeExample(
  schema: EventSchema,
  kind: { source: string; detailType: string },
  tools: ExampleTools,
): object {
  return {
    version: "0",
    id: makeUuid(tools.random),
    "detail-type": kind.detailType,
    source: kind.source,
    account: "123456789012",
    time: new Date(tools.now).toISOString().replace(/\.\d+Z$/, "Z"),
    region: "us-east-1",
    resources: [],
    detail: buildSample(schema, schema.detail, (node, name) => exampleOf(node, name, tools)),
  };
}

/** What the schema gives as an example or default comes first, then one of its choices, then what its type asks for. */
export function exampleOf(node: SchemaNode, name: string, { now, random }: ExampleTools): unknown {
  const given = node.example ?? node.default;
  if (given !== undefined) return given;
  if (node.enum !== undefined) return node.enum[Math.floor(random() * node.enum.length)];
  switch (typeOf(node)) {
    case "boolean":
      return random() < 0.5;
    case "integer":
      return wholeFrom(node, random);
    case "number":
      return isWhole(node) ? wholeFrom(node, random) : decimalFrom(node, random);
    case "string":
      return (
        (node.pattern === undefined ? undefined : textMatching(node.pattern, random, node)) ??
        fitLength(textOf(node, name, now, random), node)
      );
    default:
      return node.nullable === true || node.type === "null" ? null : {};
  }
}

/** The range of a number; the bounds are themselves allowed. */
export function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, ...node }: SchemaNode) {
  const step = node.multipleOf ?? (isWhole(node) ? 1 : 0.01);
  const least = minimum ?? Math.min(1, maximum ?? 1);
  const most = maximum ?? Math.max(100, least + 100 * Math.max(1, step));
  return [exclusiveMinimum ? least + step : least, exclusiveMaximum ? most - step : most] as const;
}

export const isWhole = (node: SchemaNode): boolean =>
  typeOf(node) === "integer" || /^int/.test(node.format ?? "");

/** The whole numbers whose multiples of `step` are in the range. */
export function multiplesOf(node: SchemaNode, step: number): readonly [number, number] {
  const [least, most] = rangeOf(node);
  // What a division of decimals loses must not cost a multiple.
  const quotient = (bound: number) => Number((bound / step).toPrecision(12));
  return [Math.ceil(quotient(least)), Math.floor(quotient(most))];
}

function wholeFrom(node: SchemaNode, random: Random): number {
  const step = node.multipleOf !== undefined && Number.isInteger(node.multipleOf) ? node.multipleOf : 1;
  const [first, last] = multiplesOf(node, step);
  return (first + Math.floor(random() * (last - first + 1))) * step;
}

function decimalFrom(node: SchemaNode, random: Random): number {
  const { multipleOf } = node;
  if (multipleOf !== undefined && multipleOf > 0) {
    const [first, last] = multiplesOf(node, multipleOf);
    return Number(((first + Math.floor(random() * (last - first + 1))) * multipleOf).toPrecision(12));
  }
  const [least, most] = rangeOf(node);
  const value = Math.round((least + random() * (most - least)) * 100) / 100;
  return Math.min(most, Math.max(least, value));
}

function textOf({ format }: SchemaNode, name: string, now: number, random: Random): string {
  const time = new Date(now).toISOString();
  switch (format) {
    case "date-time":
      return time;
    case "date":
      return time.slice(0, 10);
    case "time":
      return time.slice(11);
    case "uuid":
      return makeUuid(random);
    case "email":
      return `${makeHex(6, random)}@example.com`;
    case "uri":
      return `https://example.com/${makeHex(6, random)}`;
    case "ipv4":
      return "192.0.2.10";
    case "ipv6":
      return "2001:db8::10";
    default:
      return `${name || "text"}-${makeHex(6, random)}`;
  }
}

const fitLength = (text: string, { minLength = 0, maxLength }: SchemaNode): string =>
  text.padEnd(minLength, "x").slice(0, maxLength);
