import type { ReadKind } from "./kind.ts";

/** A redrive policy: the message as it was, and in a system attribute the queue that it came from. */
export const readSqs: ReadKind = (message) => {
  const origin = message.system.DeadLetterQueueSourceArn;
  if (origin === undefined) return undefined;
  return { kind: "sqs", payload: message.body, origin, targetArn: origin };
};
