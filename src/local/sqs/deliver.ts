import { contextOf, isAllowed } from "../../core/policy.ts";
import { ServiceFault } from "../fault.ts";
import { uuidFrom } from "../ids.ts";
import type { Attribute, Delivery, DeliveryOutcome } from "../ports.ts";
import { contentOf, sizeOf } from "./content.ts";
import { invalid } from "./faults.ts";
import type { WireAttributes } from "./md5.ts";
import type { Context } from "./operation.ts";
import type { Queue } from "./queue.ts";
import { send } from "./send.ts";

const eventBridge = "events.amazonaws.com";

/**
 * Takes what EventBridge or SNS hands to a queue. Unless `lenient`, the queue's policy must let it in, for the rule, bus
 * or topic that it comes from; a queue that does not is answered like one that is not there, as AWS does (recorded 2026-10-04).
 */
export function deliver(context: Context, lenient: boolean, delivery: Delivery): DeliveryOutcome {
  const { site, store } = context;
  const refuse = (why: string): DeliveryOutcome => {
    site.log(`not delivered to ${delivery.queueArn}: ${why}`);
    return noResource(uuidFrom(site.random));
  };
  const queue = store.byArn(delivery.queueArn);
  if (queue === undefined) return refuse("there is no such queue");
  if (!lenient && !isLetIn(queue, delivery))
    return refuse(
      `its policy does not let ${delivery.service ?? eventBridge} do sqs:SendMessage with aws:SourceArn ${delivery.sourceArn}`,
    );
  if (!lenient && queue.values.get("KmsMasterKeyId") === "alias/aws/sqs")
    return noPermission("its key alias/aws/sqs cannot be used by EventBridge", site.log, delivery);
  try {
    const content = contentOf(inputOf(delivery), queue);
    if (sizeOf(content.body, content.attributes) > queue.settings.maxBytes)
      throw invalid(
        `One or more parameters are invalid. Reason: Message must be shorter than ${queue.settings.maxBytes} bytes.`,
      );
    return { ok: true, messageId: send(site, queue, content).messageId };
  } catch (error) {
    if (!(error instanceof ServiceFault)) throw error;
    site.log(`not delivered to ${delivery.queueArn}: ${error.message}`);
    return { ok: false, code: "INVALID_PARAMETER", message: error.message, retryable: false };
  }
}

function isLetIn(queue: Queue, { queueArn, sourceArn, service = eventBridge }: Delivery): boolean {
  return isAllowed(queue.settings.policy, {
    service,
    action: "sqs:SendMessage",
    resource: queueArn,
    context: contextOf(service, sourceArn),
  });
}

const noResource = (requestId: string): DeliveryOutcome => ({
  ok: false,
  code: "NO_RESOURCE",
  message: `The specified queue does not exist or you do not have access to it. (Service: AmazonSQS; Status Code: 400; Error Code: AWS.SimpleQueueService.NonExistentQueue; Request ID: ${requestId})`,
  retryable: false,
});

/** The policy of that key cannot be changed to let a service in. User guide, troubleshooting; the wording is ours. */
function noPermission(why: string, log: (line: string) => void, { queueArn }: Delivery): DeliveryOutcome {
  log(`not delivered to ${queueArn}: ${why}`);
  return { ok: false, code: "NO_PERMISSIONS", message: `The queue is encrypted: ${why}.`, retryable: false };
}

const inputOf = (delivery: Delivery) => ({
  MessageBody: delivery.body,
  MessageAttributes: wireAttributes(delivery.attributes),
  MessageGroupId: delivery.messageGroupId,
  MessageDeduplicationId: delivery.deduplicationId,
  MessageSystemAttributes:
    delivery.traceHeader === undefined
      ? undefined
      : { AWSTraceHeader: { DataType: "String", StringValue: delivery.traceHeader } },
});

function wireAttributes(
  attributes: Readonly<Record<string, Attribute>> | undefined,
): WireAttributes | undefined {
  if (attributes === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      BinaryValue === undefined
        ? { DataType, StringValue }
        : { DataType, BinaryValue: Buffer.from(BinaryValue).toString("base64") },
    ]),
  );
}
