import { isRecord, type SchemaNode } from "./node.ts";

/** The schema that one value has. Nested objects are written in place. */
export function inferSchema(value: unknown): SchemaNode {
  if (value === null) return { nullable: true };
  if (typeof value === "boolean") return { type: "boolean" };
  if (typeof value === "number")
    return { type: "number", format: Number.isSafeInteger(value) ? "int64" : "double" };
  if (typeof value === "string")
    return isDateTime(value) ? { type: "string", format: "date-time" } : { type: "string" };
  if (Array.isArray(value)) return { type: "array", items: value.map(inferSchema).reduce(mergeSchemas, {}) };
  if (!isRecord(value)) return {};
  const names = Object.keys(value);
  return {
    type: "object",
    ...(names.length > 0 && { required: names }),
    properties: Object.fromEntries(names.map((name) => [name, inferSchema(value[name])])),
  };
}

/** The schema that both kinds of values have: only what both require is required. */
export function mergeSchemas(a: SchemaNode, b: SchemaNode): SchemaNode {
  const kinds = [...kindsOf(a)];
  for (const other of kindsOf(b)) {
    const at = kinds.findIndex(({ type }) => type === other.type);
    if (at < 0) kinds.push(other);
    else kinds[at] = mergeKind(kinds[at]!, other);
  }
  const node: SchemaNode = kinds.length > 1 ? { anyOf: kinds } : (kinds[0] ?? {});
  return a.nullable === true || b.nullable === true ? { ...node, nullable: true } : node;
}

/**
 * What a value may be; nothing where nothing is known yet, as of an empty list's items. A document says of these that
 * they are objects; of an object that was seen empty it says that it has no properties.
 */
function kindsOf(node: SchemaNode): readonly SchemaNode[] {
  if (node.anyOf !== undefined) return node.anyOf;
  const { nullable, ...kind } = node;
  const known = kind.type !== undefined && !(kind.type === "object" && kind.properties === undefined);
  return known ? [kind] : [];
}

function mergeKind(a: SchemaNode, b: SchemaNode): SchemaNode {
  switch (a.type) {
    case "object": {
      const names = [...new Set([...Object.keys(a.properties ?? {}), ...Object.keys(b.properties ?? {})])];
      const required = (a.required ?? []).filter((name) => b.required?.includes(name));
      return {
        type: "object",
        ...(required.length > 0 && { required }),
        properties: Object.fromEntries(
          names.map((name) => [name, mergeSchemas(a.properties?.[name] ?? {}, b.properties?.[name] ?? {})]),
        ),
      };
    }
    case "array":
      return { type: "array", items: mergeSchemas(a.items ?? {}, b.items ?? {}) };
    case "number":
      return a.format === b.format ? a : { type: "number", format: "double" };
    default:
      return a.format === b.format ? a : { type: a.type! };
  }
}

const isDateTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text));
