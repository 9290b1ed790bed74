import { isRecord } from "./node.ts";

/**
 * An OpenAPI 3 document of the registry as JSON Schema Draft 4, laid out as ExportSchema answers: the envelope is the
 * root, the other components are definitions. `undefined` for a document without components.
 */
export function renderDraft4(document: unknown): object | undefined {
  const components =
    isRecord(document) && isRecord(document.components) ? document.components.schemas : undefined;
  if (!isRecord(components)) return undefined;
  const rootName = components.AWSEvent === undefined ? Object.keys(components)[0] : "AWSEvent";
  if (rootName === undefined) return undefined;
  const { [rootName]: root, ...others } = components;
  const info = (document as { info?: { title?: unknown } }).info;
  return {
    $schema: "http://json-schema.org/draft-04/schema#",
    title: info?.title ?? rootName,
    definitions: convert(others, rootName),
    ...(convert(root, rootName) as object),
  };
}

function convert(value: unknown, rootName: string): unknown {
  if (Array.isArray(value)) return value.map((item) => convert(item, rootName));
  if (!isRecord(value)) return value;
  const { nullable, ...rest } = value;
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [
      key,
      key === "$ref" && typeof inner === "string" ? refOf(inner, rootName) : convert(inner, rootName),
    ]),
  );
  // A property may be called so; only a flag is the keyword.
  if (nullable !== undefined && typeof nullable !== "boolean")
    return { ...converted, nullable: convert(nullable, rootName) };
  if (nullable === true && Array.isArray(converted.anyOf))
    return { ...converted, anyOf: [...converted.anyOf, { type: "null" }] };
  return nullable === true && typeof converted.type === "string"
    ? { ...converted, type: [converted.type, "null"] }
    : converted;
}

function refOf(ref: string, rootName: string): string {
  if (ref === `#/components/schemas/${rootName}`) return "#";
  return ref.replace(/^#\/components\/schemas\//, "#/definitions/");
}
