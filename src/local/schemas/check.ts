import { schemaLimits } from "../../core/schema/limits.ts";
import { isRecord } from "../../core/schema/node.ts";
import { badRequest, forbidden } from "./faults.ts";
import type { Tags } from "./store.ts";

/** Refuses a name that the model does not allow. */
export function checkName(what: "RegistryName" | "SchemaName", name: string): void {
  const most = what === "RegistryName" ? schemaLimits.registryNameChars : schemaLimits.schemaNameChars;
  if (!/^[0-9A-Za-z_.@-]+$/.test(name) || name.length > most)
    throw badRequest(`${what} must have 1 to ${most} of the characters 0-9, A-Z, a-z, _, ., @ and -.`);
}

/** Refuses to change what is AWS's. */
export function checkOwn(registry: string): void {
  if (registry.startsWith("aws.")) throw forbidden(`Registry ${registry} cannot be modified.`);
}

export function checkDescription(description: string | undefined): void {
  if (description !== undefined && description.length > schemaLimits.descriptionChars)
    throw badRequest(`Description must have at most ${schemaLimits.descriptionChars} characters.`);
}

/** Of a request that may be sent twice; what it would be good for is not emulated. */
export function checkToken(token: string | undefined): void {
  if (token !== undefined && token.length > schemaLimits.tokenChars)
    throw badRequest(`ClientTokenId must have at most ${schemaLimits.tokenChars} characters.`);
}

export function checkType(type: string): asserts type is "OpenApi3" | "JSONSchemaDraft4" {
  if (type !== "OpenApi3" && type !== "JSONSchemaDraft4")
    throw badRequest("Type must be OpenApi3 or JSONSchemaDraft4.");
}

/** Refuses a text that is no schema of the type. */
export function checkContent(content: string, type: string): asserts type is "OpenApi3" | "JSONSchemaDraft4" {
  checkType(type);
  if (content.length === 0 || content.length > schemaLimits.contentChars)
    throw badRequest(`Content must have 1 to ${schemaLimits.contentChars} characters.`);
  const document = parse(content);
  if (!isRecord(document)) throw badRequest("Content is not a JSON object.");
  if (type === "OpenApi3" && !String(document.openapi).startsWith("3."))
    throw badRequest("Content is not an OpenAPI 3 document: openapi must begin with 3.");
  if (type === "JSONSchemaDraft4" && !/draft-04/.test(String(document.$schema)))
    throw badRequest("Content is not a JSON Schema Draft 4: $schema must name draft-04.");
}

export function demand<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw badRequest(`${name} is required.`);
  return value;
}

export const tagsOf = (tags: Readonly<Record<string, string>> | undefined): Tags =>
  new Map(Object.entries(tags ?? {}));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
