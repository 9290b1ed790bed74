import type { SendMessageBatchCommandInput, SendMessageBatchCommandOutput } from "@aws-sdk/client-sqs";
import { checkBatch, eachEntry } from "../batch.ts";
import { contentOf, sizeOf } from "../content.ts";
import type { GivenAttributes } from "../content-attributes.ts";
import { invalid, sqsFault } from "../faults.ts";
import { sqsLimits } from "../limits.ts";
import type { Content } from "../message.ts";
import { type Operation, queueAt } from "../operation.ts";
import type { Queue } from "../queue.ts";
import { send } from "../send.ts";
import { renderSent } from "../sent.ts";

/** Rules of a FIFO queue are asked of the batch as a whole (recorded November 2023), the others of each entry. */
export const sendMessageBatch = {
  name: "SendMessageBatch",
  run(context, input) {
    const queue = queueAt(context, input.QueueUrl);
    const entries = checkBatch(input.Entries, "SendMessageBatchRequestEntry");
    checkTotal(entries);
    checkFifo(queue, entries);
    return eachEntry(entries, (entry) => {
      const content = contentOf(entry, queue);
      checkSize(content, queue);
      return renderSent(content, send(context.site, queue, content, entry.DelaySeconds));
    });
  },
} satisfies Operation<SendMessageBatchCommandInput, SendMessageBatchCommandOutput>;

function checkTotal(
  entries: readonly { MessageBody?: string | undefined; MessageAttributes?: GivenAttributes | undefined }[],
): void {
  const total = entries.reduce(
    (sum, { MessageBody, MessageAttributes }) => sum + sizeOf(MessageBody ?? "", MessageAttributes),
    0,
  );
  if (total > sqsLimits.messageBytes)
    throw sqsFault(
      "BatchRequestTooLong",
      `Batch requests cannot be longer than ${sqsLimits.messageBytes} bytes. You have sent ${total} bytes.`,
    );
}

function checkFifo(
  { origin, settings }: Queue,
  entries: readonly { MessageGroupId?: string | undefined; MessageDeduplicationId?: string | undefined }[],
): void {
  if (!origin.fifo) return;
  if (entries.some(({ MessageGroupId }) => MessageGroupId === undefined))
    throw invalid("The request must contain the parameter MessageGroupId.");
  if (
    !settings.contentDeduplication &&
    entries.some(({ MessageDeduplicationId }) => MessageDeduplicationId === undefined)
  )
    throw invalid(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
}

function checkSize(content: Content, { settings }: Queue): void {
  if (sizeOf(content.body, content.attributes) > settings.maxBytes)
    throw invalid(
      `One or more parameters cannot be validated. Reason: Message must be shorter than ${settings.maxBytes} bytes.`,
    );
}
