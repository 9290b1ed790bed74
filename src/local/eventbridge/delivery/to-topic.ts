import { ServiceFault } from "../../fault.ts";
import type { DeliveryContext } from "./deliveries.ts";
import { delivered, failure, type Outcome } from "./outcome.ts";
import type { Job } from "./tries.ts";

/** One message for an SNS topic, which passes it on to the queues that have subscribed. Its policy is not asked. */
export function sendToTopic({ topics }: DeliveryContext, { target, body }: Job): Outcome {
  try {
    topics.publish(target.Arn!, body);
    return delivered;
  } catch (error) {
    if (error instanceof ServiceFault) return failure("INVALID_PARAMETER", error.message, false);
    throw error;
  }
}
