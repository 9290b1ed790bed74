/** Who put the message into the dead-letter queue. */
export type LetterKind =
  | "eventbridge"
  | "eventbridge-v2"
  | "scheduler"
  | "pipes"
  | "lambda"
  | "lambda-destination"
  | "sns"
  | "sqs"
  | "unknown";

/** An event as its producer's bus made it; fields that it does not have are absent. */
export interface OriginalEvent {
  readonly id?: string | undefined;
  readonly source?: string | undefined;
  readonly detailType?: string | undefined;
  readonly time?: string | undefined;
}

/** What a message in a dead-letter queue says about itself. */
export interface DeadLetter {
  readonly messageId: string;
  readonly kind: LetterKind;
  /** What was to be delivered, as text; absent where the record does not hold it. */
  readonly payload: string | undefined;
  /** The payload is an EventBridge event. */
  readonly event: OriginalEvent | undefined;
  /** ARN of what failed to deliver: rule, function, topic, schedule, pipe, or source queue. */
  readonly origin: string | undefined;
  readonly ruleArn: string | undefined;
  readonly targetArn: string | undefined;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  /** Retries before it was given up. */
  readonly attempts: number | undefined;
  /** The limit that ended the retries: `MaximumRetryAttempts`, `MaximumEventAgeInSeconds`, … */
  readonly exhausted: string | undefined;
  /** Milliseconds since the epoch: when it came into the queue. */
  readonly sentAt: number | undefined;
  /** How often the queue has given it out. */
  readonly receives: number | undefined;
  /** Why it could not be read to the end. It is shown all the same. */
  readonly broken: string | undefined;
}

/** What a reader of one kind finds; the rest is the same for all kinds. */
export type Found = Partial<Omit<DeadLetter, "messageId" | "kind" | "sentAt" | "receives" | "event">> & {
  readonly kind: LetterKind;
};
