import { parseField, parseNumber } from "./field.ts";

/** Month and day count from 1. */
export type DayTest = (year: number, month: number, day: number) => boolean;

const monthDays = { least: 1, most: 31 };
const weekdays = { least: 1, most: 7, names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] };

const lengthOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** 1 is Sunday. */
const weekdayOf = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

/** Day of the month: numbers, `L` for the last, `15W` for the weekday nearest to the 15th. */
export function parseMonthDays(text: string): DayTest | undefined {
  if (text === "L") return (year, month, day) => day === lengthOf(year, month);
  const near = /^(\d+)W$/.exec(text);
  if (near !== null) {
    const wanted = parseNumber(near[1]!, monthDays);
    return wanted === undefined ? undefined : (year, month, day) => day === nearest(year, month, wanted);
  }
  const days = parseField(text, monthDays);
  return days && ((_year, _month, day) => days.has(day));
}

/** The working day nearest to a day, in the same month. */
function nearest(year: number, month: number, wanted: number): number {
  const length = lengthOf(year, month);
  const day = Math.min(wanted, length);
  const weekday = weekdayOf(year, month, day);
  if (weekday === 7) return day === 1 ? 3 : day - 1;
  if (weekday === 1) return day === length ? day - 2 : day + 1;
  return day;
}

/** Day of the week: numbers from Sunday as 1, names, `L` for Saturday, `6L` for the last Friday, `3#2` for the second Tuesday. */
export function parseWeekdays(text: string): DayTest | undefined {
  const nth = /^(\w+)#([1-5])$/.exec(text);
  const last = /^(\w+)L$/i.exec(text);
  if (nth !== null || last !== null) {
    const wanted = parseNumber((nth ?? last)![1]!, weekdays);
    if (wanted === undefined) return undefined;
    const isPlace = (year: number, month: number, day: number) =>
      nth === null ? day + 7 > lengthOf(year, month) : Math.ceil(day / 7) === Number(nth[2]);
    return (year, month, day) => weekdayOf(year, month, day) === wanted && isPlace(year, month, day);
  }
  const days = text === "L" ? new Set([7]) : parseField(text, weekdays);
  return days && ((year, month, day) => days.has(weekdayOf(year, month, day)));
}
