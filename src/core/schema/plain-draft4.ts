import { isRecord } from "./node.ts";

const facts = new Set([
  ...["type", "enum", "required", "format", "pattern", "multipleOf", "uniqueItems"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  ...["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
]);
const inner = new Set(["items", "not", "additionalItems", "additionalProperties", "allOf", "anyOf", "oneOf"]);
const named = new Set(["properties", "patternProperties", "definitions", "dependencies"]);

/**
 * A schema document with nothing but what JSON Schema Draft 4 checks, each thing where it stood, so that references
 * still lead to it. Descriptions and examples go: what is inside an example must not be taken for a schema.
 */
export function plainDraft4(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { openapi, components } = document;
  if (openapi === undefined) return plain(document) as Record<string, unknown>;
  return { components: { schemas: plainMap(isRecord(components) ? components.schemas : {}) } };
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  // What stands beside a reference does not count, in both languages.
  if (typeof value.$ref === "string") return { $ref: value.$ref };
  const kept: Record<string, unknown> = {};
  for (const [key, content] of Object.entries(value)) {
    if (facts.has(key)) kept[key] = content;
    else if (inner.has(key)) kept[key] = plain(content);
    else if (named.has(key)) kept[key] = plainMap(content);
  }
  // An empty list is what generators write, and what Draft 4 forbids.
  if (!Array.isArray(kept.required) || kept.required.length === 0) delete kept.required;
  return value.nullable === true ? nullable(kept) : kept;
}

function plainMap(value: unknown): Record<string, unknown> {
  const entries = Object.entries(isRecord(value) ? value : {});
  // A dependency may be a list of names.
  return Object.fromEntries(entries.map(([key, content]) => [key, plain(content)]));
}

const nullable = (node: Record<string, unknown>): Record<string, unknown> => ({
  anyOf: [{ enum: [null] }, node],
});
