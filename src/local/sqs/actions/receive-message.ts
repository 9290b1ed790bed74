import type { ReceiveMessageCommandInput, ReceiveMessageCommandOutput } from "@aws-sdk/client-sqs";
import { answerAgain, remember } from "../attempts.ts";
import { invalidValue, sqsFault } from "../faults.ts";
import { isWithin, type Range, sqsLimits } from "../limits.ts";
import type { Message } from "../message.ts";
import { type Operation, queueAt } from "../operation.ts";
import type { Queue } from "../queue.ts";
import { parseSystemNames, parseUserNames, renderMessage } from "../received.ts";

export const receiveMessage = {
  name: "ReceiveMessage",
  async run(context, input, call) {
    const queue = queueAt(context, input.QueueUrl);
    const max = input.MaxNumberOfMessages ?? 1;
    demandWithin(max, sqsLimits.receive, "MaxNumberOfMessages", "Must be between 1 and 10, if provided.");
    const wanted = {
      system: parseSystemNames(input.AttributeNames, input.MessageSystemAttributeNames),
      user: parseUserNames(input.MessageAttributeNames),
    };
    const visibilityMs = visibilityOf(input.VisibilityTimeout, queue);
    const waitMs = waitOf(input.WaitTimeSeconds, queue);
    const attempt = queue.origin.fifo ? input.ReceiveRequestAttemptId : undefined;
    let messages = answerAgain(queue, attempt, visibilityMs) ?? queue.receive(max, visibilityMs);
    if (messages.length === 0) messages = await none(queue, max, visibilityMs, waitMs, call.hungUp);
    remember(queue, attempt, messages);
    if (messages.length === 0) return {};
    const place = { serial: queue.origin.serial, senderId: context.site.account };
    return { Messages: messages.map((message) => renderMessage(message, wanted, place)) };
  },
} satisfies Operation<ReceiveMessageCommandInput, ReceiveMessageCommandOutput>;

/** At the limit of messages in flight a short poll of a standard queue fails; a long one only stays empty. */
function none(queue: Queue, max: number, visibilityMs: number, waitMs: number, hungUp: AbortSignal) {
  if (waitMs > 0) return queue.polls.wait(max, visibilityMs, waitMs, hungUp);
  if (!queue.origin.fifo && queue.counts().inFlight >= sqsLimits.inFlight)
    throw sqsFault("OverLimit", `Too many messages in flight: the limit is ${sqsLimits.inFlight}.`);
  return [] as Message[];
}

function visibilityOf(seconds: number | undefined, { settings }: Queue): number {
  if (seconds === undefined) return settings.visibilityMs;
  demandWithin(
    seconds,
    sqsLimits.visibilitySeconds,
    "VisibilityTimeout",
    "Must be between 0 and 43200, if provided.",
  );
  return seconds * 1000;
}

function waitOf(seconds: number | undefined, { settings }: Queue): number {
  if (seconds === undefined) return settings.waitMs;
  demandWithin(seconds, sqsLimits.waitSeconds, "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.");
  return seconds * 1000;
}

function demandWithin(value: number, range: Range, parameter: string, reason: string): void {
  if (!isWithin(value, range)) throw invalidValue(value, parameter, reason);
}
