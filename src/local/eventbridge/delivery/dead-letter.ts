import type { Attribute } from "../../ports.ts";
import type { DeliveryContext } from "./deliveries.ts";
import type { Job } from "./tries.ts";

export type Exhausted = "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";

interface Death {
  readonly code: string;
  readonly message: string;
  readonly attempts: number;
  /** Which limit of the retry policy ended it; absent when the error allowed no retry. */
  readonly exhausted: Exhausted | undefined;
}

/**
 * Writes the event, as the bus had received it, to the target's dead-letter queue. False when there is none or it
 * does not take the message: then the event is lost, as on AWS.
 */
export function sendDeadLetter({ queues, site }: DeliveryContext, job: Job, death: Death): boolean {
  const { rule, target, event } = job;
  const why = `${death.code}: ${death.message}`;
  const queueArn = target.DeadLetterConfig?.Arn;
  const lost = `event ${event.id} is lost: target ${target.Id} of ${rule.arn} failed with ${why}`;
  if (queueArn === undefined) {
    site.log(`${lost}; it has no dead-letter queue`);
    return false;
  }
  const outcome = queues.deliver({
    queueArn,
    body: event.text,
    attributes: attributesOf(job, death),
    sourceArn: rule.arn,
    traceHeader: event.trace,
  });
  if (!outcome.ok) site.log(`${lost}; its dead-letter queue ${queueArn} refused it: ${outcome.message}`);
  return outcome.ok;
}

function attributesOf({ rule, target }: Job, death: Death): Record<string, Attribute> {
  const texts: Record<string, string | undefined> = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.Arn,
    ERROR_CODE: death.code,
    ERROR_MESSAGE: readable(death.message),
    RETRY_ATTEMPTS: String(death.attempts - 1),
    EXHAUSTED_RETRY_CONDITION: death.exhausted,
  };
  const attributes: Record<string, Attribute> = {};
  // SQS refuses attributes without a value.
  for (const [name, StringValue] of Object.entries(texts))
    if (StringValue) attributes[name] = { DataType: "String", StringValue };
  return attributes;
}

/**
 * What a target said may have anything in it, and be of any length: an event must not be lost because the queue does
 * not take the reason. Newer buses of AWS cut it here too.
 */
const readable = (text: string): string =>
  text.slice(0, 1024).replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\u{fffd}");
