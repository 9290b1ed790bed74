import { describeQueue } from "../../aws/queues.ts";
import { unlessAborted } from "../unless-aborted.ts";
import type { Scene } from "./listen.ts";

/**
 * How many events a handler never got, because the tail ended before they were received: they go with the queues. Whoever
 * may not ask is not told.
 */
export async function countUnhandled({ options, clients, parts, signals }: Scene): Promise<number> {
  if (options.handler === undefined || options.keep) return 0;
  const counts = parts.tails.map(async ({ queueUrl }) => {
    const about = await describeQueue(clients.sqs, queueUrl!);
    return Number(about?.ApproximateNumberOfMessages) + Number(about?.ApproximateNumberOfMessagesNotVisible);
  });
  const all = await unlessAborted(Promise.all(counts), signals.stopNow).catch(() => []);
  return (all ?? []).reduce((sum, count) => sum + (count || 0), 0);
}
