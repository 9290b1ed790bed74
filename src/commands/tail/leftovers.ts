import { basename } from "node:path/posix";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { listQueues, listQueueTags } from "../../aws/queues.ts";
import { planSweep } from "../../core/tail/leftovers.ts";
import { parseTemporaryName, tailPrefix } from "../../core/tail/name.ts";

/** As `evb gc` without `--older-than`. */
const oldMs = 3_600_000;
/** Of so many queues the tags are asked for; a mention needs no exact number. */
const sample = 5;

/**
 * How many crashed tails left a queue in this region, at most `sample`. A courtesy, so it costs a call or two, and whoever
 * may not list queues simply is not told.
 */
export async function countLeftovers(sqs: SQSClient, now: number): Promise<number> {
  try {
    const old: { name: string; queueUrl: string }[] = [];
    for await (const queueUrl of listQueues(sqs, tailPrefix)) {
      const name = basename(queueUrl);
      if ((parseTemporaryName(name) ?? now) < now - oldMs) old.push({ name, queueUrl });
      if (old.length === sample) break;
    }
    const tagged = old.map(async (part) => ({ ...part, tags: await listQueueTags(sqs, part.queueUrl) }));
    return planSweep(await Promise.all(tagged), now, oldMs).filter(({ state }) => state === "expired").length;
  } catch {
    return 0;
  }
}
