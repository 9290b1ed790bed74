const empty: never[] = [];

/** A list with nothing in it, the same for all who have none: there are very many, and they should not be far apart. */
export const emptyList = <T>(): T[] => empty;

/** Adds to a list that may be the empty one, and gives the list that has it. */
export function added<T>(list: T[], item: T): T[] {
  if (list === empty) return [item];
  list.push(item);
  return list;
}
