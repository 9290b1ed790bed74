/** The last second that a four-digit year can name. */
const lastSecond = 253_402_300_799;

/**
 * Milliseconds of a time as an event may give it: ISO 8601 with an offset (`2026-01-02T03:04:05Z`), or seconds since
 * the epoch. Anything else gives the sentence that says so. A text without an offset is refused, because it would
 * mean another time on another machine.
 */
export function parseTime(value: unknown): number | string {
  if (typeof value === "number") {
    if (value >= 0 && value <= lastSecond) return Math.round(value * 1000);
    return `expected seconds since the epoch, found ${value}${value > lastSecond ? " (milliseconds?)" : ""}`;
  }
  const wanted = "expected a time such as 2026-01-02T03:04:05Z";
  if (typeof value !== "string") return `${wanted}, found ${JSON.stringify(value)}`;
  if (/^\d+(\.\d+)?$/.test(value)) return parseTime(Number(value));
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i.test(value))
    return `${wanted}, found ${JSON.stringify(value)}${/^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value) ? " (it has no offset: add Z)" : ""}`;
  const ms = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(ms) ? `${wanted}, found ${JSON.stringify(value)}` : ms;
}
