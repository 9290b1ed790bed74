// How figures are told: minimum, median, maximum.
const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

export const median = (numbers) => sorted(numbers)[Math.floor((numbers.length - 1) / 2)];

const spread = (numbers, digits) => {
  const all = sorted(numbers);
  return [all[0], median(all), all.at(-1)].map((number) => number.toFixed(digits)).join(" / ");
};

export function print(what, numbers, unit) {
  const isKnown = numbers.length > 0 && numbers.every(Number.isFinite);
  console.log(`${what.padEnd(58)} ${isKnown ? `${spread(numbers, 2)} ${unit}` : "not known here"}`);
}

export function printRates(what, measured, unit) {
  const rates = spread(
    measured.map(({ rate }) => rate),
    0,
  );
  const cpus = measured.map(({ cpu }) => cpu);
  const cpu = cpus.includes(undefined) ? "" : `; ${spread(cpus, 1)} µs of CPU each`;
  console.log(`${what.padEnd(58)} ${rates} ${unit}/s${cpu}`);
}
