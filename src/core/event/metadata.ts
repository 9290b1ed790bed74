import type { Random } from "../clock.ts";
import type { Draft } from "./draft.ts";
import { editDetail, inexact } from "./edit.ts";
import type { Entry } from "./entry.ts";
import { makeUuid } from "./ids.ts";

/** The version of the metadata's own shape. */
const version = "1.0";

/**
 * Adds `detail.metadata` = `{eventId, correlationId, timestamp, version}`: a consumer can drop what it has seen before
 * by `eventId`, which stays the same when an entry is sent again. What the event already carries is kept, but for a
 * correlation id that is given. Gives what keeps it from being done, if anything does.
 */
export function addMetadata(
  draft: Draft,
  given: { readonly correlationId?: string | undefined; readonly now: number; readonly random: Random },
): string | undefined {
  if (!editDetail(draft)) return inexact;
  const { detail } = draft;
  // No object: the check of the whole event says so.
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return undefined;
  const before = (detail as { metadata?: unknown }).metadata;
  draft.detail = {
    ...detail,
    metadata: {
      eventId: makeUuid(given.random),
      correlationId: makeUuid(given.random),
      timestamp: new Date(given.now).toISOString(),
      version,
      ...(typeof before === "object" && before !== null && !Array.isArray(before) ? before : {}),
      ...(given.correlationId === undefined ? {} : { correlationId: given.correlationId }),
    },
  };
  return undefined;
}

/** The id by which a consumer can tell copies of an entry; undefined when it has none. */
export function metadataIdOf({ detail }: Entry): string | undefined {
  const { metadata } = JSON.parse(detail) as { metadata?: { eventId?: unknown } | null };
  return typeof metadata?.eventId === "string" ? metadata.eventId : undefined;
}
