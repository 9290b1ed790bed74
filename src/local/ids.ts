import type { Random } from "../core/clock.ts";

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const hex = (word: number, byte: 0 | 1 | 2 | 3): string => bytes[(word >>> (byte * 8)) & 255]!;

/** A version 4 UUID from `random`, so that a seeded emulator names things alike each time. */
export function uuidFrom(random: Random): string {
  const word = () => (random() * 0x1_0000_0000) >>> 0;
  const a = word();
  const b = (word() & 0xffff_0fff) | 0x4000;
  const c = (word() & 0x3fff_ffff) | 0x8000_0000;
  const d = word();
  return `${hex(a, 3)}${hex(a, 2)}${hex(a, 1)}${hex(a, 0)}-${hex(b, 3)}${hex(b, 2)}-${hex(b, 1)}${hex(b, 0)}-${hex(c, 3)}${hex(c, 2)}-${hex(c, 1)}${hex(c, 0)}${hex(d, 3)}${hex(d, 2)}${hex(d, 1)}${hex(d, 0)}`;
}
