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
  const after = NextToken === undefined ? undefined : parseToken(NextToken);
  const rest = [...items]
    .filter((item) => after === undefined || keyOf(item) > after)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const size = Limit ?? busLimits.pageSize;
  const here = rest.slice(0, size);
  const last = here.at(-1);
  return {
    items: here,
    next: last !== undefined && rest.length > size ? renderToken(keyOf(last)) : undefined,
  };
}

const renderToken = (key: string): string => Buffer.from(`evb1:${key}`).toString("base64");

function parseToken(token: string): string {
  const text = Buffer.from(token, "base64").toString();
  if (!text.startsWith("evb1:")) throw badToken();
  return text.slice("evb1:".length);
}
