import type { Schedule } from "./schedule.ts";

const units: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(1 minute)`, `rate(5 hours)`: singular for one and plural for more, as AWS demands. */
export function parseRate(text: string): Schedule | undefined {
  const found = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(text);
  if (found === null) return undefined;
  const count = Number(found[1]);
  if (count < 1 || (count === 1) !== (found[3] === "")) return undefined;
  const period = count * units[found[2]!]!;
  return { next: (after, start) => start + (Math.floor((after - start) / period) + 1) * period };
}
