import { type SchemaNode, typeOf } from "./node.ts";
import type { EventSchema } from "./parse.ts";

/** One field of a detail, for a table. */
export interface SchemaField {
  /** `customer.email`, `items[].sku`. */
  readonly path: string;
  /** `string`, `number`, `array of string`, `string (date-time)`. */
  readonly type: string;
  readonly required: boolean;
  readonly choices: readonly unknown[] | undefined;
  readonly description: string | undefined;
}

/** Every field of the detail, parents before children. */
export function listFields(schema: EventSchema): SchemaField[] {
  const fields: SchemaField[] = [];
  visit(schema.inline(schema.detail), "");
  return fields;

  function visit(node: SchemaNode, path: string): void {
    for (const part of [...(node.allOf ?? []), ...(node.anyOf ?? []), ...(node.oneOf ?? [])])
      visit(part, path);
    if (node.items !== undefined) visit(node.items, `${path}[]`);
    for (const [name, inner] of Object.entries(node.properties ?? {})) {
      const here = path === "" ? name : `${path}.${name}`;
      fields.push({
        path: here,
        type: describe(inner),
        required: node.required?.includes(name) ?? false,
        choices: inner.enum,
        description: inner.description,
      });
      visit(inner, here);
    }
  }
}

function describe(node: SchemaNode): string {
  const choices = node.anyOf ?? node.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(describe))].join(" or ");
  const type = typeOf(node) ?? (node.allOf === undefined ? "anything" : "object");
  const word = type === "array" && node.items !== undefined ? `array of ${describe(node.items)}` : type;
  const format = node.format === undefined ? "" : ` (${node.format})`;
  const nullable = node.nullable === true || [node.type].flat().includes("null");
  return `${word}${format}${nullable ? " or null" : ""}`;
}
