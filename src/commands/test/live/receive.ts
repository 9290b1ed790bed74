import type { SQSClient } from "@aws-sdk/client-sqs";
import { deleteMessages, isMissingQueue, receiveMessages } from "../../../aws/queues.ts";
import type { Clock } from "../../../core/clock.ts";
import type { LiveWatch } from "../../../core/suite/live.ts";
import type { LiveMessage } from "../../../core/suite/live-owner.ts";
import type { LiveParts } from "./parts.ts";

/** SQS promises a new queue after a second; some of its servers take longer. */
const newQueueMs = 10_000;
const retryMs = 500;

/** Polls every queue until the signal, and hands on what comes in. Rejects with the first error that will not pass. */
export async function receiveLive(
  { tails }: LiveParts,
  sqs: SQSClient,
  clock: Clock,
  signal: AbortSignal,
  onMessage: (watch: LiveWatch, message: LiveMessage) => void,
): Promise<void> {
  const begun = clock.now();
  await Promise.all(
    [...tails].map(async ([watch, tail]) => {
      while (!signal.aborted) {
        try {
          const messages = await receiveMessages(sqs, tail.queueUrl!, { waitSeconds: 20, signal });
          for (const { body, system } of messages) onMessage(watch, { body, trace: system.AWSTraceHeader });
          const handles = messages.map(({ receiptHandle }) => receiptHandle);
          if (handles.length > 0) await deleteMessages(sqs, tail.queueUrl!, handles);
        } catch (error) {
          if (signal.aborted) return;
          if (!isMissingQueue(error) || clock.now() - begun > newQueueMs) throw error;
          await clock.sleep(retryMs, signal);
        }
      }
    }),
  );
}
