import type { DeadLetterConfig } from "@aws-sdk/client-eventbridge";
import { parseArn } from "../../../core/arn.ts";
import { invalid } from "../faults.ts";
import type { Context } from "../operation.ts";

/**
 * A dead-letter queue has to be a standard SQS queue of the same region; whether it exists is not asked. Texts for
 * service and FIFO measured in September 2026; the others are ours.
 */
export function demandStandardQueue(
  { queues, site }: Pick<Context, "queues" | "site">,
  config: DeadLetterConfig | undefined,
): void {
  const text = config?.Arn;
  if (text === undefined) return;
  const arn = parseArn(text);
  if (arn === undefined)
    throw invalid(`Parameter DeadLetterConfig is not valid. Reason: Invalid ARN: '${text}'.`);
  if (arn.service !== "sqs") throw invalid(`${arn.service} is not supported as a dead letter resource.`);
  if (arn.resource.endsWith(".fifo") || queues.kindOf(text) === "fifo")
    throw invalid("SQS FIFO is not supported by Dead Letter Queues.");
  if (arn.region !== site.region)
    throw invalid(`The dead letter queue ${text} is not in the region ${site.region}.`);
}
