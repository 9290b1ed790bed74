import type { Random } from "../core/clock.ts";

/** A version 4 UUID from `random`, so that a seeded emulator names things alike each time. */
export function uuidFrom(random: Random): string {
  const a = hex8(random);
  const b = hex8(random);
  const c = hex8(random);
  const variant = "89ab"[Math.floor(random() * 4)]!;
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${hex8(random)}`;
}

const hex8 = (random: Random): string =>
  Math.floor(random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, "0");
