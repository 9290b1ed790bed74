import type { DeliveryRecord } from "./eventbridge/delivery/record.ts";
import type { Reply } from "./reply.ts";

/** What the emulator tells about itself over HTTP; no AWS service has such paths. */
export interface Inspected {
  deliveries(): readonly DeliveryRecord[];
}

export const deliveriesPath = "/_evb/deliveries";

/** `undefined` for a request that is meant for a service. */
export function inspect(
  method: string | undefined,
  url: string | undefined,
  of: Inspected,
): Reply | undefined {
  if (method !== "GET" || url !== deliveriesPath) return undefined;
  return { status: 200, type: "application/json", body: JSON.stringify({ deliveries: of.deliveries() }) };
}
