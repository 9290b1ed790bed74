/** A small generator of numbers in [0, 1) with a state of 32 bits: the same series on every machine. */
export function makeRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    // A linear step, whose weak low bits are then mixed by what lies above them.
    state = (Math.imul(state, 747796405) + 2891336453) >>> 0;
    const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737);
    return (((word >>> 22) ^ word) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { next, below, pick: (list) => list[below(list.length)] };
}
