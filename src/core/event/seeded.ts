import type { Random } from "../clock.ts";

/** Numbers that a seed (a whole number from 0) repeats: the generator sfc32, whose period no run comes to the end of. */
export function seededRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum / 2 ** 32;
  };
  // The first numbers of seeds that are near each other are alike.
  for (let i = 0; i < 15; i++) next();
  return next;
}
