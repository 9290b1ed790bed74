import { renderDocument } from "./document.ts";
import { inferSchema, mergeSchemas } from "./infer.ts";
import { componentNameOf } from "./name.ts";
import { isRecord } from "./node.ts";
import { parseEventSchema } from "./parse.ts";

/** An event as it is on a bus. */
export interface Envelope {
  readonly source: string;
  readonly "detail-type": string;
  readonly detail: Record<string, unknown>;
}

export const isEnvelope = (value: unknown): value is Envelope =>
  isRecord(value) &&
  typeof value.source === "string" &&
  typeof value["detail-type"] === "string" &&
  isRecord(value.detail);

/**
 * The OpenAPI 3 document of some events. Envelopes of a bus are described as `AWSEvent` with their detail apart, other
 * objects as `Event`; that is how GetDiscoveredSchema answers. `before` is the text of an earlier document of the same
 * events that the new one is to hold for as well.
 */
export function discoverSchema(events: readonly unknown[], before?: string): object {
  const [first] = events;
  if (!isEnvelope(first) || !events.every(isEnvelope))
    return renderDocument("Event", events.map(inferSchema).reduce(mergeSchemas, {}));
  const details = events.map((event) => inferSchema(event.detail));
  const known = before === undefined ? undefined : parseEventSchema(before);
  const old = known === undefined ? [] : [known.inline(known.detail)];
  return renderDocument(
    componentNameOf(first["detail-type"]),
    [...old, ...details].reduce(mergeSchemas, {}),
    {
      source: first.source,
      detailType: first["detail-type"],
    },
  );
}

/** How deep a value is nested: 1 for an object of plain values. Stops counting past `most`. */
export function levelsOf(value: unknown, most: number): number {
  if (typeof value !== "object" || value === null || most < 0) return 0;
  return 1 + Math.max(0, ...Object.values(value).map((inner) => levelsOf(inner, most - 1)));
}
