import { demand, invalidValue } from "./faults.ts";
import { isWithin, sqsLimits } from "./limits.ts";
import type { Queue } from "./queue.ts";
import { findReceived } from "./receipt.ts";

interface VisibilityInput {
  readonly ReceiptHandle?: string | undefined;
  readonly VisibilityTimeout?: number | undefined;
}

/**
 * Hides a received message for that long from now; 0 shows it at once. Whatever is asked, it is shown again twelve
 * hours after it was received. A message whose timeout has run out is hidden again (recorded November 2023: success).
 */
export function changeVisibility(queue: Queue, input: VisibilityInput): void {
  const handle = demand(input.ReceiptHandle, "ReceiptHandle");
  const seconds = demand(input.VisibilityTimeout, "VisibilityTimeout");
  const refuse = (reason: string) => invalidValue(seconds, "VisibilityTimeout", reason);
  if (!isWithin(seconds, sqsLimits.visibilitySeconds))
    throw refuse("VisibilityTimeout must be an integer between 0 and 43200.");
  const message = findReceived(queue, handle);
  if (message === undefined)
    throw invalidValue(
      handle,
      "ReceiptHandle",
      "Message does not exist or is not available for visibility timeout change.",
    );
  const total = queue.origin.clock.now() + seconds * 1000 - message.receivedAt;
  if (total > sqsLimits.visibilitySeconds.most * 1000)
    throw refuse(
      `Total VisibilityTimeout for the message is beyond the limit [${sqsLimits.visibilitySeconds.most} seconds]`,
    );
  queue.setVisibility(message, seconds * 1000);
}
