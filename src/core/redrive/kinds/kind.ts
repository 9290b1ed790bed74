import type { Found } from "../letter.ts";
import type { Message } from "../message.ts";

/** Recognises and reads one kind of dead letter. `json` is the body where it is a JSON object. */
export type ReadKind = (message: Message, json: Json | undefined) => Found | undefined;

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

export const numberOf = (value: unknown): number | undefined =>
  typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value)) ? Number(value) : undefined;
