import { type DayTest, parseMonthDays, parseWeekdays } from "./days.ts";
import { parseField } from "./field.ts";
import type { Schedule } from "./schedule.ts";

const dayMs = 86_400_000;
/** The longest wait of a schedule that fires at all: 29 February of one weekday, across a century that is no leap year. */
const horizonDays = 366 * 60;

/**
 * `cron(minutes hours day-of-month month day-of-week year)` in UTC. One of the two day fields is `?`. Years are not
 * checked against their documented range, as AWS does not (measured in September 2026).
 */
export function parseCron(text: string): Schedule | undefined {
  const found = /^cron\((\S+) +(\S+) +(\S+) +(\S+) +(\S+) +(\S+)\)$/.exec(text);
  if (found === null) return undefined;
  const [, minuteField, hourField, dayField, monthField, weekdayField, yearField] = found as string[];
  if ((dayField === "?") === (weekdayField === "?")) return undefined;
  const minutes = parseField(minuteField!, { least: 0, most: 59 });
  const hours = parseField(hourField!, { least: 0, most: 23 });
  const months = parseField(monthField!, { least: 1, most: 12, names: monthNames });
  const years = parseField(yearField!, { least: 0, most: 9999 });
  const isDay = dayField === "?" ? parseWeekdays(weekdayField!) : parseMonthDays(dayField!);
  if (!minutes || !hours || !months || !years || !isDay) return undefined;
  return { next: (after) => findNext(after, { minutes, hours, months, years, isDay }) };
}

const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

interface Fields {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  readonly isDay: DayTest;
}

function findNext(after: number, { minutes, hours, months, years, isDay }: Fields): number | undefined {
  const midnight = Math.floor(after / dayMs) * dayMs;
  for (let day = midnight; day <= midnight + horizonDays * dayMs; day += dayMs) {
    const date = new Date(day);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
    if (!years.has(year) || !months.has(month) || !isDay(year, month, date.getUTCDate())) continue;
    for (const hour of hours)
      for (const minute of minutes) {
        const at = day + hour * 3_600_000 + minute * 60_000;
        if (at > after) return at;
      }
  }
  return undefined;
}
