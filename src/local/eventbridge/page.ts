import { busLimits } from "../../core/limits.ts";
import { badToken } from "./faults.ts";

interface Paging {
  readonly NextToken?: string | undefined;
  readonly Limit?: number | undefined;
}

/**
 * One page of a list that is ordered by `keyOf`. The token names the last key given out, so that what is added or
 * removed between two pages neither hides nor repeats an item.
 */
export function page<T>(items: Iterable<T>, keyOf: (item: T) => string, { NextToken, Limit }: Paging) {
  const sorted = [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const rest = (after: string | undefined) =>
    after === undefined ? sorted : sorted.filter((item) => keyOf(item) > after);
  return pageOf(rest, keyOf, { NextToken, Limit });
}

/** The same of a list that can say, in its order, what comes after a key: no more of it is looked at than is given. */
export function pageOf<T>(
  after: (key: string | undefined) => Iterable<T>,
  keyOf: (item: T) => string,
  { NextToken, Limit = busLimits.pageSize }: Paging,
) {
  const items: T[] = [];
  for (const item of after(NextToken === undefined ? undefined : parseToken(NextToken))) {
    if (items.length === Limit) return { items, next: renderToken(keyOf(items.at(-1)!)) };
    items.push(item);
  }
  return { items, next: undefined };
}

const renderToken = (key: string): string => Buffer.from(`evb1:${key}`).toString("base64");

function parseToken(token: string): string {
  const text = Buffer.from(token, "base64").toString();
  if (!text.startsWith("evb1:")) throw badToken();
  return text.slice("evb1:".length);
}
