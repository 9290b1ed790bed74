const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1e3,
  m: 60e3,
  h: 3600e3,
  d: 86_400e3,
  w: 7 * 86_400e3,
};

/** `m`, `min`, `minutes`; months and years have no fixed length and are left out. */
const unitOf = (word: string): number | undefined => {
  const short = /^(ms|millis|milliseconds?)$/.test(word) ? "ms" : word[0]!;
  const names =
    /^(ms|millis|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)$/;
  return names.test(word) ? units[short] : undefined;
};

/**
 * A time shifted by an offset such as `-2 days 3 hours` or `90m`, in milliseconds. `from` is the time it is counted
 * from, an ISO text; `now` where it is absent. `fault` must throw.
 */
export function shiftTime(
  offset: unknown,
  from: unknown,
  now: number,
  fault: (sentence: string) => never,
): number {
  const start = from === undefined ? now : Date.parse(String(from));
  if (Number.isNaN(start)) return fault(`no time: ${JSON.stringify(from)}`);
  if (offset === undefined) return start;
  const broken = () => fault(`no time offset: ${JSON.stringify(offset)} (for example "-2 days 3 hours")`);
  const split =
    typeof offset === "string" ? /^\s*([+-]?)((?:\s*\d+(?:\.\d+)?\s*[a-z]+)+)\s*$/i.exec(offset) : null;
  if (split === null) return broken();
  let shift = 0;
  for (const [, amount, word] of split[2]!.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    const unit = unitOf(word!.toLowerCase());
    if (unit === undefined) return broken();
    shift += Number(amount) * unit;
  }
  return start + (split[1] === "-" ? -shift : shift);
}
