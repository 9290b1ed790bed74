import type { Random } from "../core/clock.ts";

const digits = Buffer.from("0123456789abcdef");
/** Written over by each id, and then read as one text: put together of pieces, an id costs four times as much. */
const room = Buffer.from("00000000-0000-4000-8000-000000000000");
/** Where in it each of the sixteen bytes goes. */
const places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;

/** A version 4 UUID from `random`, so that a seeded emulator names things alike each time. */
export function uuidFrom(random: Random): string {
  write(wordFrom(random), 0);
  write((wordFrom(random) & 0xffff_0fff) | 0x4000, 4);
  write((wordFrom(random) & 0x3fff_ffff) | 0x8000_0000, 8);
  write(wordFrom(random), 12);
  return room.toString("latin1");
}

const wordFrom = (random: Random): number => (random() * 0x1_0000_0000) >>> 0;

/** Four bytes, the highest first. */
function write(word: number, from: number): void {
  for (let byte = 0; byte < 4; byte++) {
    const value = (word >>> (24 - byte * 8)) & 255;
    const at = places[from + byte]!;
    room[at] = digits[value >> 4]!;
    room[at + 1] = digits[value & 15]!;
  }
}
