import type { DeadLetterConfig } from "@aws-sdk/client-eventbridge";
import { parseArn } from "../../../core/arn.ts";
import type { Queues } from "../../ports.ts";
import { invalid } from "../faults.ts";

/**
 * A dead-letter queue has to be a standard SQS queue. It may not exist yet, as AWS does not look. The rule is
 * documented; the wording is ours.
 */
export function demandStandardQueue(
  queues: Queues,
  config: DeadLetterConfig | undefined,
  of = "DeadLetterConfig",
): void {
  const arn = config?.Arn;
  if (arn === undefined) return;
  const parsed = parseArn(arn);
  if (parsed?.service !== "sqs")
    throw invalid(`Parameter ${of} is not valid. Reason: ${arn} is not the ARN of an SQS queue.`);
  if (parsed.resource.endsWith(".fifo") || queues.kindOf(arn) === "fifo")
    throw invalid(`Parameter ${of} is not valid. Reason: a FIFO queue cannot be a dead-letter queue.`);
}
