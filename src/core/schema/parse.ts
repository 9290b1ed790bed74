import { isRecord, type SchemaNode } from "./node.ts";

/** A schema of events, read from a registry. */
export interface EventSchema {
  /** The exact source and detail type, where the schema names them. */
  readonly source: string | undefined;
  readonly detailType: string | undefined;
  /** What the detail must be; of a schema without an envelope, what the whole must be. */
  readonly detail: SchemaNode;
  /** Where that stands in the document: `#/components/schemas/AWSEvent/properties/detail`. */
  readonly detailRef: string;
  /** Follows references until there is none; `{}` (anything) for one that leads nowhere. */
  resolve(node: SchemaNode): SchemaNode;
  /** The node with what it refers to written in place. A type inside itself becomes `{}`. */
  inline(node: SchemaNode): SchemaNode;
}

/** Reads the content of a schema, OpenAPI 3 or JSON Schema Draft 4; `undefined` when it is neither. */
export function parseEventSchema(content: string): EventSchema | undefined {
  const document = parseRecord(content);
  if (document === undefined) return undefined;
  const rootRef = findRoot(document);
  const root = rootRef === undefined ? undefined : follow(document, rootRef);
  if (rootRef === undefined || root === undefined) return undefined;
  const resolve = (node: SchemaNode): SchemaNode => {
    let here = node;
    for (let steps = 0; here.$ref !== undefined; steps++) {
      const next = steps < 32 ? follow(document, here.$ref) : undefined;
      if (next === undefined) return {};
      here = next;
    }
    return here;
  };
  const inline = (node: SchemaNode, above: readonly SchemaNode[] = []): SchemaNode => {
    const found = resolve(node);
    if (above.includes(found)) return {};
    const within = (inner: SchemaNode) => inline(inner, [...above, found]);
    return {
      ...found,
      ...(found.properties !== undefined && { properties: mapValues(found.properties, within) }),
      ...(found.items !== undefined && { items: within(found.items) }),
      ...(found.anyOf !== undefined && { anyOf: found.anyOf.map(within) }),
      ...(found.oneOf !== undefined && { oneOf: found.oneOf.map(within) }),
      ...(found.allOf !== undefined && { allOf: found.allOf.map(within) }),
    };
  };
  const envelope = resolve(root);
  const named = envelope as Record<string, unknown>;
  const detail = envelope.properties?.["detail-type"] === undefined ? undefined : envelope.properties.detail;
  return {
    source: textOf(named["x-amazon-events-source"]),
    detailType: textOf(named["x-amazon-events-detail-type"]),
    detail: detail ?? root,
    detailRef: detail === undefined ? rootRef : `${endOf(document, rootRef)}/properties/detail`,
    resolve,
    inline,
  };
}

/** The envelope among the components, else the first of them; a JSON Schema is its own root. */
function findRoot(document: Record<string, unknown>): string | undefined {
  if (document.openapi === undefined) return "#";
  const schemas = isRecord(document.components) ? document.components.schemas : undefined;
  if (!isRecord(schemas)) return undefined;
  const name = schemas.AWSEvent === undefined ? Object.keys(schemas)[0] : "AWSEvent";
  return name && `#/components/schemas/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** Where a chain of references ends. */
function endOf(document: object, start: string): string {
  let ref = start;
  for (let steps = 0; steps < 32; steps++) {
    const next = follow(document, ref)?.$ref;
    if (next === undefined) break;
    ref = next;
  }
  return ref;
}

function follow(document: object, ref: string): SchemaNode | undefined {
  if (ref === "#") return document as SchemaNode;
  if (!ref.startsWith("#/")) return undefined;
  let here: unknown = document;
  for (const step of ref.slice(2).split("/")) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isRecord(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return isRecord(here) ? (here as SchemaNode) : undefined;
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const mapValues = (
  of: Readonly<Record<string, SchemaNode>>,
  change: (node: SchemaNode) => SchemaNode,
): Record<string, SchemaNode> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]));

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
