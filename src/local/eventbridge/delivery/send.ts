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
  const arn = parseArn(job.target.Arn!);
  const handlers = context.options.handlers ?? {};
  const handler = handlers[job.target.Arn!] ?? handlers[arn?.service ?? ""];
  if (handler !== undefined) return sendToHandler(handler, job, attempt);
  if (arn?.service === "sqs") return sendToQueue(context, job);
  if (arn?.service === "sns" && context.topics.has(job.target.Arn!)) return sendToTopic(context, job);
  if (arn?.service === "events" && arn.resource.startsWith("event-bus/"))
    return sendToBus(context, deliveries, job);
  if (arn?.service === "events" && arn.resource.startsWith("api-destination/"))
    return sendToEndpoint(context, job);
  return failure("NO_RESOURCE", `${job.target.Arn} is not emulated, and no handler is named for it.`, false);
}
