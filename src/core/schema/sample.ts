import type { SchemaNode } from "./node.ts";
import { typeOf } from "./node.ts";
import type { EventSchema } from "./parse.ts";

/** Makes a plain value (text, number, flag, or one of an enum) for a node; `name` is the property that it is for. */
export type Leaf = (node: SchemaNode, name: string) => unknown;

/** How a key is written where it could be mistaken for something else. */
type Key = (name: string) => string;

/** A type inside itself ends here, where it need not go on. */
const deepest = 12;

/** A value of the shape that a node describes, with every property, plain values made by `leaf`. */
export function buildSample(
  schema: EventSchema,
  node: SchemaNode,
  leaf: Leaf,
  key: Key = (name) => name,
): unknown {
  return build(node, "", 0);

  function build(unresolved: SchemaNode, name: string, level: number): unknown {
    const here = settle(schema, unresolved);
    if (here.enum !== undefined) return leaf(here, name);
    switch (typeOf(here)) {
      case "object": {
        const wanted = Object.entries(here.properties ?? {}).filter(
          ([property]) => level < deepest || here.required?.includes(property),
        );
        return Object.fromEntries(
          level > 2 * deepest
            ? []
            : wanted.map(([property, inner]) => [key(property), build(inner, property, level + 1)]),
        );
      }
      case "array": {
        if (level >= deepest || here.items === undefined) return [];
        const items = here.items;
        return Array.from({ length: Math.max(1, here.minItems ?? 1) }, () => build(items, name, level + 1));
      }
      default:
        return leaf(here, name);
    }
  }
}

/** References followed, parts of `allOf` put together, the first choice of `oneOf` and `anyOf` taken. */
export function settle(schema: EventSchema, node: SchemaNode, level = 0): SchemaNode {
  const here = schema.resolve(node);
  const choice = (here.oneOf ?? here.anyOf)?.[0];
  const parts = [...(here.allOf ?? []), ...(choice === undefined ? [] : [choice])];
  if (parts.length === 0 || level > deepest) return here;
  const { oneOf, anyOf, allOf, ...own } = here;
  let whole: SchemaNode = own;
  for (const part of parts.map((each) => settle(schema, each, level + 1)))
    whole = {
      ...whole,
      ...part,
      properties: { ...whole.properties, ...part.properties },
      required: [...(whole.required ?? []), ...(part.required ?? [])],
    };
  return whole;
}
