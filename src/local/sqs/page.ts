import { invalid, invalidValue } from "./faults.ts";
import { isWithin, sqsLimits } from "./limits.ts";
import type { Queue } from "./queue.ts";

interface Paging {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * A page of queues by name. The token names the last one given out, so that a queue made or deleted meanwhile neither
 * hides nor repeats another. Without `MaxResults` there is one page of at most 1000, and no token.
 */
export function page(
  queues: readonly Queue[],
  { MaxResults, NextToken }: Paging,
): { readonly items: readonly Queue[]; readonly next: string | undefined } {
  if (MaxResults !== undefined && !isWithin(MaxResults, sqsLimits.listPage))
    throw invalidValue(MaxResults, "MaxResults", "Must be an integer value between 1 and 1000, if provided.");
  const after = NextToken === undefined ? "" : parseToken(NextToken);
  const rest = queues
    .filter(({ origin }) => origin.name > after)
    .sort((a, b) => (a.origin.name < b.origin.name ? -1 : 1));
  const items = rest.slice(0, MaxResults ?? sqsLimits.listPage.most);
  const hasMore = MaxResults !== undefined && rest.length > items.length;
  return { items, next: hasMore ? renderToken(items.at(-1)!.origin.name) : undefined };
}

const renderToken = (name: string): string => Buffer.from(`queue:${name}`).toString("base64");

function parseToken(token: string): string {
  const text = Buffer.from(token, "base64").toString();
  // Our wording.
  if (!text.startsWith("queue:")) throw invalid("Invalid or expired next token.");
  return text.slice("queue:".length);
}
