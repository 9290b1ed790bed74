import { ServiceFault } from "../fault.ts";
import { demand, sqsFault } from "./faults.ts";
import { sqsLimits } from "./limits.ts";

interface Entry {
  readonly Id?: string | undefined;
}

/** One entry that failed, as it stands in the answer. */
export interface BatchFailure {
  Id: string;
  SenderFault: boolean;
  Code: string;
  Message: string;
}

/** Throws when a batch as a whole is refused. `entryName` is what the model calls its entries. */
export function checkBatch<E extends Entry>(
  entries: readonly E[] | undefined,
  entryName: string,
): readonly (E & { readonly Id: string })[] {
  if (entries === undefined || entries.length === 0)
    throw sqsFault("EmptyBatchRequest", `There should be at least one ${entryName} in the request.`);
  if (entries.length > sqsLimits.batchEntries)
    throw sqsFault(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${sqsLimits.batchEntries}. You have sent ${entries.length}.`,
    );
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id ?? ""))
      throw sqsFault(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      );
    if (seen.has(Id!)) throw sqsFault("BatchEntryIdsNotDistinct", `Id ${Id} repeated.`);
    seen.add(demand(Id, "Id"));
  }
  return entries as readonly (E & { readonly Id: string })[];
}

/** Does each entry by itself: what one entry throws is that entry's failure. */
export function eachEntry<E extends { readonly Id: string }, R extends object>(
  entries: readonly E[],
  act: (entry: E) => R,
): { Successful: (R & { Id: string })[]; Failed: BatchFailure[] } {
  const Successful: (R & { Id: string })[] = [];
  const Failed: BatchFailure[] = [];
  for (const entry of entries) {
    try {
      Successful.push(Object.assign(act(entry), { Id: entry.Id }));
    } catch (error) {
      if (!(error instanceof ServiceFault)) throw error;
      Failed.push({
        Id: entry.Id,
        SenderFault: error.status < 500,
        Code: error.query ?? error.code,
        Message: error.message,
      });
    }
  }
  return { Successful, Failed };
}
