import { escapeKey, escapeText, expr, isFreeName, quote } from "../event/template/quote.ts";
import { exampleOf, isWhole, multiplesOf, rangeOf } from "./example.ts";
import { type SchemaNode, typeOf } from "./node.ts";
import type { EventSchema } from "./parse.ts";
import { buildSample, settle } from "./sample.ts";

/**
 * A template that `evb put` renders into an event the schema allows: each rendering has other values, and the plain
 * values on the first level of the detail are variables, so that they can be given with `--var`.
 */
export function makeTemplate(
  schema: EventSchema,
  kind: { source: string; detailType: string },
  name: string,
): object {
  const variables: Record<string, object> = {};
  const top = settle(schema, schema.detail);
  for (const [property, unresolved] of Object.entries(top.properties ?? {})) {
    const node = settle(schema, unresolved);
    const type = variableType(node);
    if (type === undefined || !isFreeName(property)) continue;
    variables[property] = {
      default: expressionOf(node, property),
      type,
      ...(node.description !== undefined && { description: node.description }),
    };
  }
  const detail = buildSample(schema, schema.detail, expressionOf, escapeKey) as Record<string, unknown>;
  for (const [property, { type }] of Object.entries(variables) as [string, { type: string }][])
    detail[property] = type === "string" ? expr(property) : { $eval: property };
  return {
    $template: {
      description: `An event of the schema ${name}`,
      ...(Object.keys(variables).length > 0 && { variables }),
    },
    source: escapeText(kind.source),
    "detail-type": escapeText(kind.detailType),
    time: expr("now"),
    detail,
  };
}

/** The same numbers each time, so that a schema makes the same template. */
function evenly(): () => number {
  let n = 0;
  return () => (n++ * 0.618) % 1;
}

function variableType(node: SchemaNode): string | undefined {
  const type = typeOf(node);
  if (type === "number" && /^int/.test(node.format ?? "")) return "integer";
  return ["string", "number", "integer", "boolean"].includes(type ?? "") ? type : undefined;
}

/** The expression whose value is one that the node allows. */
function expressionOf(node: SchemaNode, name: string): unknown {
  const given = node.example ?? node.default;
  if (given !== undefined) return quote(given);
  if (node.enum !== undefined) return choiceOf(node.enum);
  switch (typeOf(node)) {
    case "boolean":
      return { $eval: "chance(0.5)" };
    case "integer":
    case "number":
      return numberExpression(node, name);
    case "string":
      return textExpression(node, name);
    default:
      return exampleOf(node, name, { now: 0, random: () => 0 });
  }
}

function numberExpression(node: SchemaNode, name: string): unknown {
  const { multipleOf } = node;
  if (multipleOf === undefined && !isWhole(node)) {
    const [least, most] = rangeOf(node);
    return { $eval: `randomNumber(${least}, ${most}, 2)` };
  }
  const step = multipleOf ?? 1;
  // Multiples of a decimal do not come out exact: one value that fits.
  if (!Number.isInteger(step)) return exampleOf(node, name, { now: 0, random: () => 0.5 });
  const [first, last] = multiplesOf(node, step);
  return { $eval: `randomInt(${first}, ${last})${step === 1 ? "" : ` * ${step}`}` };
}

function choiceOf(choices: readonly unknown[]): unknown {
  const simple = choices.filter((choice) => typeof choice !== "string" || /^[^"\\$]*$/.test(choice));
  const writable = simple.filter((choice) => typeof choice === "string" || typeof choice === "number");
  if (writable.length === 0) return quote(choices[0]);
  return { $eval: `pick(${writable.map((choice) => JSON.stringify(choice)).join(", ")})` };
}

function textExpression(node: SchemaNode, name: string): unknown {
  if (node.pattern !== undefined) return quote(exampleOf(node, name, { now: 0, random: evenly() }));
  switch (node.format) {
    case "date-time":
      return expr("now");
    case "date":
      return expr("date()");
    case "uuid":
      return expr("uuid()");
    case "email":
      return `${expr("hex(6)")}@example.com`;
    case "uri":
      return `https://example.com/${expr("hex(6)")}`;
    default:
      break;
  }
  // Where the length or the format is fixed, one value that fits.
  if (node.format !== undefined || node.minLength !== undefined || node.maxLength !== undefined)
    return quote(exampleOf(node, name, { now: 0, random: () => 0 }));
  return `${escapeText(name || "text")}-${expr("hex(6)")}`;
}
