import { isWithin, type Range, sqsLimits } from "../limits.ts";

/** What may be set on a queue. */
export interface Settable {
  /** What a new queue has; without one the attribute is absent until it is set. */
  readonly initial?: string;
  readonly fifo?: true;
  /** Set to an empty text, it is taken away. */
  readonly clearable?: true;
  readonly isValid: (value: string) => boolean;
}

const within = (range: Range) => (value: string) => /^\d+$/.test(value) && isWithin(Number(value), range);
const oneOf =
  (...values: readonly string[]) =>
  (value: string) =>
    values.includes(value);
const isFlag = oneOf("true", "false");
/** Checked as a whole elsewhere. */
const anything = () => true;

/** Settable attributes in the order in which they are listed, with the values of a new queue as of August 2025. */
export const settable: Readonly<Record<string, Settable>> = {
  VisibilityTimeout: { initial: "30", isValid: within(sqsLimits.visibilitySeconds) },
  MaximumMessageSize: { initial: "1048576", isValid: within(sqsLimits.maximumMessageSize) },
  MessageRetentionPeriod: { initial: "345600", isValid: within(sqsLimits.retentionSeconds) },
  DelaySeconds: { initial: "0", isValid: within(sqsLimits.delaySeconds) },
  ReceiveMessageWaitTimeSeconds: { initial: "0", isValid: within(sqsLimits.waitSeconds) },
  SqsManagedSseEnabled: { initial: "true", isValid: isFlag },
  KmsMasterKeyId: { clearable: true, isValid: anything },
  KmsDataKeyReusePeriodSeconds: { isValid: within(sqsLimits.keyReuseSeconds) },
  Policy: { clearable: true, isValid: anything },
  RedrivePolicy: { clearable: true, isValid: anything },
  RedriveAllowPolicy: { clearable: true, isValid: anything },
  FifoQueue: { fifo: true, isValid: oneOf("true") },
  ContentBasedDeduplication: { fifo: true, initial: "false", isValid: isFlag },
  DeduplicationScope: { fifo: true, initial: "queue", isValid: oneOf("queue", "messageGroup") },
  FifoThroughputLimit: { fifo: true, initial: "perQueue", isValid: oneOf("perQueue", "perMessageGroupId") },
};

/** Attributes that SQS itself keeps. */
export const kept = [
  "QueueArn",
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
  "CreatedTimestamp",
  "LastModifiedTimestamp",
] as const;

export type Kept = (typeof kept)[number];
