import type { DeliveryContext } from "./deliveries.ts";
import type { Outcome } from "./outcome.ts";
import type { Job } from "./tries.ts";

/** One send to an SQS queue, FIFO or not. */
export function sendToQueue({ queues }: DeliveryContext, { target, rule, event, body }: Job): Outcome {
  return queues.deliver({
    queueArn: target.Arn!,
    body,
    sourceArn: rule.arn,
    messageGroupId: target.SqsParameters?.MessageGroupId,
    traceHeader: event.trace,
  });
}
