import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { Entry } from "../core/event/entry.ts";
import type { ItemResult } from "./results.ts";
import { describeBus, type PutEventsRequestEntry, putEntries } from "./rules.ts";

/**
 * PutEvents with up to ten entries: one result an entry, in their order. Throws the SDK's error when the request as a
 * whole is refused or no answer comes.
 */
export const putEvents = (
  client: EventBridgeClient,
  entries: readonly Entry[],
  signal?: AbortSignal,
): Promise<ItemResult[]> => putEntries(client, entries.map(wireEntry), signal);

/** The same through a global endpoint, which wants SigV4a: its signer is loaded for that alone. */
export const putThroughEndpoint =
  (endpointId: string): typeof putEvents =>
  async (client, entries, signal) => {
    await import("./sigv4a.ts");
    return putEntries(client, entries.map(wireEntry), signal, endpointId);
  };

/** DescribeEventBus; false when there is no such bus. */
export const busExists = async (
  client: EventBridgeClient,
  bus: string,
  signal?: AbortSignal,
): Promise<boolean> => (await describeBus(client, bus, signal)) !== undefined;

const wireEntry = (entry: Entry): PutEventsRequestEntry => ({
  Source: entry.source,
  DetailType: entry.detailType,
  Detail: entry.detail,
  ...(entry.resources.length === 0 ? {} : { Resources: [...entry.resources] }),
  ...(entry.time === undefined ? {} : { Time: new Date(entry.time) }),
  ...(entry.bus === undefined ? {} : { EventBusName: entry.bus }),
  ...(entry.traceHeader === undefined ? {} : { TraceHeader: entry.traceHeader }),
});
