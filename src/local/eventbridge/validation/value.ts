import type { Shape } from "./shape.ts";

/** A value as validation messages print it: `PutEventsRequestEntry(time=null, source=shop, …)`, `[a, b]`, `{k=v}`. */
export function renderValue(shape: Shape, value: unknown): string {
  if (value === undefined || value === null) return "null";
  switch (shape.type) {
    case "list":
      return `[${(value as unknown[]).map((member) => renderValue(shape.member, member)).join(", ")}]`;
    case "map":
      return `{${Object.entries(value)
        .map(([key, member]) => `${key}=${renderValue(shape.value, member)}`)
        .join(", ")}}`;
    case "structure": {
      const fields = shape.members.map(
        (member) =>
          `${member.printed}=${renderValue(member.shape, (value as Record<string, unknown>)[member.name])}`,
      );
      return `${shape.name}(${[...fields, ...(shape.unset ?? []).map((name) => `${name}=null`)].join(", ")})`;
    }
    case "string":
      return shape.secret ? "***Sensitive Data Redacted***" : String(value);
    default:
      return String(value);
  }
}
