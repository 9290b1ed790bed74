import { badRequest } from "./faults.ts";

interface Paging {
  readonly NextToken?: string | undefined;
  readonly Limit?: number | undefined;
}

/** Unless told otherwise; ours, since no source says. */
const pageSize = 100;

/**
 * One page of a list that is ordered by `keyOf`. The token names the last key given out, so that what is added or
 * removed between two pages neither hides nor repeats an item.
 */
export function page<T>(items: Iterable<T>, keyOf: (item: T) => string, { NextToken, Limit }: Paging) {
  const after = NextToken === undefined ? undefined : parseToken(NextToken);
  const size = Limit ?? pageSize;
  if (size < 1 || size > pageSize) throw badRequest(`Limit must be between 1 and ${pageSize}.`);
  const rest = [...items]
    .filter((item) => after === undefined || keyOf(item) > after)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const here = rest.slice(0, size);
  const last = here.at(-1);
  const next = last !== undefined && rest.length > size ? renderToken(keyOf(last)) : undefined;
  return { items: here, next };
}

const renderToken = (key: string): string => Buffer.from(`evb1:${key}`).toString("base64");

function parseToken(token: string): string {
  const text = Buffer.from(token, "base64").toString();
  if (!text.startsWith("evb1:")) throw badRequest("The NextToken is not valid.");
  return text.slice("evb1:".length);
}
