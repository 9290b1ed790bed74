import type { EventBridgeOptions } from "../options.ts";
import type { DeliveryRecord } from "./record.ts";

/** The last deliveries, oldest first. */
export interface Records {
  /** `event` is the text of the envelope. */
  add(record: DeliveryRecord, event: string): void;
  list(): readonly DeliveryRecord[];
  clear(): void;
}

export function openRecords({ keptDeliveries = 10_000, onDelivery }: EventBridgeOptions): Records {
  let records: DeliveryRecord[] = [];
  return {
    add(record, event) {
      records.push(record);
      // Cut rarely, so that a record costs the same however many there are.
      if (records.length >= 2 * keptDeliveries) records = records.slice(-keptDeliveries);
      onDelivery?.(record, event);
    },
    list: () => records.slice(-keptDeliveries),
    clear() {
      records = [];
    },
  };
}
