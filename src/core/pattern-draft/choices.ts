import type { Field, Plain } from "./fields.ts";
import { textOperators } from "./operators.ts";

/** How a field may be matched. */
export interface Way {
  readonly name: string;
  readonly about: string;
  /** What is asked for next: one of the field's values, a text, a range of numbers, or nothing. */
  readonly asks: "value" | "text" | "range" | "nothing";
}

const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*)$/i;

/** The ways that make sense for the values that a field has; for a field without any, all of them. */
export function waysFor(values: readonly Plain[]): Way[] {
  const has = (type: string) => values.length === 0 || values.some((value) => typeof value === type);
  const hasAddress =
    values.length === 0 || values.some((value) => typeof value === "string" && address.test(value));
  return [
    { name: "equals", about: "is a value", asks: "value" },
    ...(has("number") ? [{ name: "numeric", about: "is a number in a range", asks: "range" } as const] : []),
    ...(has("string")
      ? textOperators
          .filter(({ name, about }) => about !== "" && (name !== "cidr" || hasAddress))
          .map(({ name, about }): Way => ({ name, about, asks: "text" }))
      : []),
    ...(has("string") || has("number")
      ? [{ name: "anything-but", about: "is another value than", asks: "value" } as const]
      : []),
    { name: "exists:true", about: "is there", asks: "nothing" },
    { name: "exists:false", about: "is not there", asks: "nothing" },
  ];
}

/** A field in a menu: its path and the first values. */
export function renderChoice(
  { values, count }: Field,
  name: string,
  nameWidth: number,
  total: number,
): string {
  const seen = count < total ? `${count} of ${total}: ` : "";
  return `${name.padEnd(nameWidth)}  ${seen}${values.map((value) => JSON.stringify(value)).join(", ")}`;
}
