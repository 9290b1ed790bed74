/** What numbers a cron field may have, and their names: the first stands for `least`. */
export interface FieldRange {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

/** The numbers of `*`, `5`, `1-5`, `0/15`, `MON-FRI` and lists of these, in order; `undefined` when it is none. */
export function parseField(text: string, range: FieldRange): ReadonlySet<number> | undefined {
  const numbers = new Set<number>();
  for (const part of text.split(",")) {
    const found = /^([^/-]+)(?:-([^/-]+))?(?:\/(\d+))?$/.exec(part);
    if (found === null) return undefined;
    const [, first, last, every] = found;
    const from = first === "*" ? range.least : parseNumber(first!, range);
    const to =
      last !== undefined
        ? parseNumber(last, range)
        : first === "*" || every !== undefined
          ? range.most
          : from;
    const step = Number(every ?? 1);
    if (from === undefined || to === undefined || step < 1) return undefined;
    if (from <= to) for (let n = from; n <= to; n += step) numbers.add(n);
    // A range may go round: FRI-MON, 22-2.
    else
      for (let n = from; n <= to + size(range); n += step) numbers.add(n > range.most ? n - size(range) : n);
  }
  return new Set([...numbers].sort((a, b) => a - b));
}

/** A number of the field, or one of its names. */
export function parseNumber(text: string, { least, most, names = [] }: FieldRange): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + least;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

const size = ({ least, most }: FieldRange): number => most - least + 1;
