import { createHash } from "node:crypto";

/** 48 bits of a SHA-256: fits a number exactly, in memory and in JSON. */
export const digest48 = (bytes: string | Uint8Array): number =>
  createHash("sha256").update(bytes).digest().readUIntBE(0, 6);

/** 64 bits, as hexadecimal text. */
export const digestText = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 16);
