import { ServiceFault } from "../fault.ts";
import type { Shape } from "./shape.ts";

/**
 * Makes a JSON value what its shape says, in place: numbers and flags given as text, and the other way round, are
 * converted where no meaning is lost, null counts as absent. Throws a `SerializationException` for the rest.
 */
export function conform(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case "text":
    case "blob":
      return conformText(value);
    case "integer":
      if (typeof value === "number" && Number.isInteger(value)) return value;
      if (typeof value === "string" && /^-?\d{1,15}$/.test(value)) return Number(value);
      throw unfit(`${JSON.stringify(value)} can not be converted to an Integer`);
    case "flag":
      if (typeof value === "boolean") return value;
      if (value === "true" || value === "false") return value === "true";
      throw unfit(`${JSON.stringify(value)} can not be converted to a Boolean`);
    case "list":
      if (!Array.isArray(value)) throw unfit("Expected list or null");
      for (let at = 0; at < value.length; at++) value[at] = conform(shape.of, value[at]);
      return value;
    case "map":
      return conformMembers(value, () => shape.of);
    case "record":
      return conformMembers(value, (name) => shape.members[name]);
  }
}

function conformText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw unfit(
    Array.isArray(value)
      ? "Unrecognized collection type class java.lang.String"
      : "Start of structure or map found where not expected.",
  );
}

/** Members that the model does not have are left alone; nobody looks at them. */
function conformMembers(value: unknown, shapeOf: (name: string) => Shape | undefined): object {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw unfit("Unexpected token: expected a structure or map");
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (member === null) {
      delete members[name];
      continue;
    }
    const shape = shapeOf(name);
    if (shape === undefined) continue;
    const conformed = conform(shape, member);
    if (conformed !== member) members[name] = conformed;
  }
  return members;
}

const unfit = (message: string) => new ServiceFault("SerializationException", message);
