import { parseArn } from "../../../core/arn.ts";
import type { Deliveries, DeliveryContext } from "./deliveries.ts";
import { failure, type Outcome } from "./outcome.ts";
import { sendToBus } from "./to-bus.ts";
import { sendToEndpoint } from "./to-endpoint.ts";
import { sendToHandler } from "./to-handler.ts";
import { sendToQueue } from "./to-queue.ts";
import { sendToTopic } from "./to-topic.ts";
import type { Job } from "./tries.ts";

/** One try of one target. A handler that the configuration names goes before whatever is emulated. */
export function send(
  context: DeliveryContext,
  deliveries: Deliveries,
  job: Job,
  attempt: number,
): Outcome | Promise<Outcome> {
  const arn = job.target.Arn!;
  const service = serviceOf(arn);
  const handler = context.options.handlers?.[arn] ?? context.options.handlers?.[service];
  if (handler !== undefined) return sendToHandler(handler, job, attempt);
  if (service === "sqs") return sendToQueue(context, job);
  if (service === "sns" && context.topics.has(arn)) return sendToTopic(context, job);
  if (service === "events") {
    const resource = parseArn(arn)?.resource;
    if (resource?.startsWith("event-bus/")) return sendToBus(context, deliveries, job);
    if (resource?.startsWith("api-destination/")) return sendToEndpoint(context, job);
  }
  return failure("NO_RESOURCE", `${arn} is not emulated, and no handler is named for it.`, false);
}

/** The third part. That an ARN is one was seen to when it was put. */
function serviceOf(arn: string): string {
  const from = arn.indexOf(":", "arn:".length) + 1;
  return arn.slice(from, arn.indexOf(":", from));
}
