import type { Deliveries, DeliveryContext } from "./deliveries.ts";
import { delivered, failure, type Outcome } from "./outcome.ts";
import type { Job } from "./tries.ts";

/** Hands the event on, with the id it has. Once only: a second hop is refused (recorded in October 2026). */
export function sendToBus({ store, site }: DeliveryContext, deliveries: Deliveries, job: Job): Outcome {
  const { event, target } = job;
  if (event.forwarded)
    return failure(
      "THIRD_ACCOUNT_HOP_DETECTED",
      `Event ingestion rejected for event ${event.id} because an event can be sent to an event bus target only once.`,
      false,
    );
  const bus = store.find(target.Arn);
  // The code is documented; the wording is ours.
  if (bus === undefined) return failure("NO_RESOURCE", `Event bus ${target.Arn} does not exist.`, false);
  deliveries.publish(bus, { ...event, forwarded: true, receivedAt: site.clock.now() });
  return delivered;
}
