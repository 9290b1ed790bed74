import type { Random } from "../clock.ts";

const hex = "0123456789abcdef";
/** Crockford's base 32: no I, L, O, U. */
const base32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const pick = (alphabet: string, count: number, random: Random): string => {
  let text = "";
  for (let i = 0; i < count; i++) text += alphabet[Math.floor(random() * alphabet.length)];
  return text;
};

/** A UUID of version 4 (RFC 9562). */
export const makeUuid = (random: Random): string =>
  `${pick(hex, 8, random)}-${pick(hex, 4, random)}-4${pick(hex, 3, random)}-${pick("89ab", 1, random)}${pick(hex, 3, random)}-${pick(hex, 12, random)}`;

/** A ULID: 26 letters that sort by time. */
export function makeUlid(ms: number, random: Random): string {
  let time = "";
  let rest = ms;
  for (let i = 0; i < 10; i++) {
    time = base32[rest % 32] + time;
    rest = Math.floor(rest / 32);
  }
  return time + pick(base32, 16, random);
}

/** Hexadecimal digits. */
export const makeHex = (digits: number, random: Random): string => pick(hex, digits, random);
