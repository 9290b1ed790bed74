import { invalidValue } from "./faults.ts";
import { parseHandle } from "./handle.ts";
import type { Message } from "./message.ts";
import type { Queue } from "./queue.ts";

/**
 * The message that a receipt handle stands for; `undefined` when it is gone or, in a standard queue, has been received
 * again since: only the newest handle counts. Throws for a handle that is none, and in a FIFO queue for one whose
 * visibility timeout has run out.
 */
export function findReceived(queue: Queue, handle: string): Message | undefined {
  const { messageId, receiveCount } = parseHandle(handle, queue.origin.serial);
  const message = queue.find(messageId);
  if (message === undefined) return undefined;
  const isNewest = message.receiveCount === receiveCount;
  if (queue.origin.fifo && (!isNewest || message.state !== "inFlight"))
    throw invalidValue(handle, "ReceiptHandle", "The receipt handle has expired.");
  return isNewest ? message : undefined;
}

/** Also a success when the message is gone already. */
export function deleteReceived(queue: Queue, handle: string): void {
  const message = findReceived(queue, handle);
  if (message !== undefined) queue.remove(message);
}
