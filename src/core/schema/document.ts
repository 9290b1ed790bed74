import { componentNameOf } from "./name.ts";
import type { SchemaNode } from "./node.ts";

/** Whose events a document describes. */
export interface EventKind {
  readonly source: string;
  readonly detailType: string;
}

/**
 * An OpenAPI 3 document with one schema, and each object inside it, as components of their own. With a kind of event
 * the schema is that of the detail, and the envelope around it is `AWSEvent`. Layout of the registry `aws.events`.
 */
export function renderDocument(title: string, schema: SchemaNode, kind?: EventKind): object {
  // Without a prototype, so that a component may be called anything.
  const components: Record<string, SchemaNode> = Object.create(null);
  const taken = new Set(["AWSEvent"]);
  hoist(title, schema);
  return {
    openapi: "3.0.0",
    info: { version: "1.0.0", title },
    paths: {},
    components: {
      schemas: { ...(kind === undefined ? {} : { AWSEvent: envelopeOf(kind, refTo(title)) }), ...components },
    },
  };

  /** Puts an object, and the objects in it, among the components. */
  function hoist(name: string, node: SchemaNode): string {
    let free = name;
    for (let count = 1; taken.has(free); count++) free = `${name}_${count}`;
    taken.add(free);
    // The place is kept for it, so that it comes before what is inside it.
    components[free] = {};
    components[free] = withoutObjects(node, free, true);
    return free;
  }

  function withoutObjects(node: SchemaNode, name: string, top = false): SchemaNode {
    const isEmpty = Object.keys(node.properties ?? {}).length === 0;
    if (node.type === "object" && !isEmpty && !top)
      return refTo(hoist(componentNameOf(name.charAt(0).toUpperCase() + name.slice(1)), node));
    if (node.properties !== undefined) {
      const entries = Object.entries(node.properties);
      const properties = Object.fromEntries(entries.map(([key, inner]) => [key, withoutObjects(inner, key)]));
      return { ...node, properties };
    }
    if (node.items !== undefined) return { ...node, items: withoutObjects(node.items, `${name}Item`) };
    if (node.anyOf !== undefined)
      return { ...node, anyOf: node.anyOf.map((inner) => withoutObjects(inner, name)) };
    // Of what nothing is known AWS says that it is an object, as of the items of an empty list.
    return node.type === undefined ? { type: "object", ...node } : node;
  }
}

const refTo = (name: string): SchemaNode => ({ $ref: `#/components/schemas/${name}` });

const text = { type: "string" };

const envelopeOf = ({ source, detailType }: EventKind, detail: SchemaNode): SchemaNode =>
  ({
    type: "object",
    required: ["detail-type", "resources", "detail", "id", "source", "time", "region", "version", "account"],
    "x-amazon-events-detail-type": detailType,
    "x-amazon-events-source": source,
    properties: {
      detail,
      account: text,
      "detail-type": text,
      id: text,
      region: text,
      resources: { type: "array", items: text },
      source: text,
      time: { type: "string", format: "date-time" },
      version: text,
    },
  }) as SchemaNode;
