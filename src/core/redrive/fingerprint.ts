import type { DeadLetter } from "./letter.ts";

/**
 * A number that stays the same when an event goes round and comes back as another message with another event id:
 * the hash of what was to be delivered, and to whom. 53 bits, so it fits a JSON number.
 */
export function fingerprint(letter: DeadLetter): number {
  const body = letter.event === undefined ? letter.payload : withoutId(letter.payload ?? "");
  return hash(`${letter.targetArn ?? ""}\n${body ?? letter.messageId}`);
}

function withoutId(payload: string): string {
  const { id: _id, ...rest } = JSON.parse(payload) as Record<string, unknown>;
  return JSON.stringify(rest);
}

/** Two multiply-and-mix lanes over UTF-16 units (the well-known cyrb53 construction). */
export function hash(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}
