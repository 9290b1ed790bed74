import { keepAttempt, kinds } from "./kept.ts";
import { sqsLimits } from "./limits.ts";
import type { Message } from "./message.ts";
import type { Queue } from "./queue.ts";

/** What a receive with a `ReceiveRequestAttemptId` got. */
export interface Attempt {
  readonly at: number;
  readonly receipts: readonly (readonly [message: Message, receiveCount: number])[];
}

/**
 * The messages that the same attempt got before, so that a client whose answer was lost can ask again; hidden afresh.
 * `undefined` when it is new, too long ago, or one of the messages is no longer as it was. API reference, ReceiveMessage.
 */
export function answerAgain(
  queue: Queue,
  id: string | undefined,
  visibilityMs: number,
): Message[] | undefined {
  const attempt = id === undefined ? undefined : queue.attempts.get(id);
  if (attempt === undefined || queue.origin.clock.now() - attempt.at >= sqsLimits.attemptMs) return undefined;
  const isAsBefore = attempt.receipts.every(
    ([message, receiveCount]) =>
      queue.find(message.id) === message &&
      message.state === "inFlight" &&
      message.receiveCount === receiveCount,
  );
  if (!isAsBefore) return undefined;
  return attempt.receipts.map(([message]) => {
    queue.setVisibility(message, visibilityMs);
    return message;
  });
}

export function remember(queue: Queue, id: string | undefined, messages: readonly Message[]): void {
  if (id === undefined || messages.length === 0) return;
  const at = queue.origin.clock.now();
  // Oldest first: the map keeps the order in which ids came.
  for (const [old, attempt] of queue.attempts) {
    if (at - attempt.at < sqsLimits.attemptMs) break;
    queue.attempts.delete(old);
  }
  queue.attempts.delete(id);
  const attempt: Attempt = { at, receipts: messages.map((message) => [message, message.receiveCount]) };
  queue.attempts.set(id, attempt);
  const { serial, ledger } = queue.origin;
  ledger?.put(kinds.attempt(String(serial)), id, () => keepAttempt(attempt));
}
