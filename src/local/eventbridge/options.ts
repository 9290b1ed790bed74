import type { DeliveryRecord } from "./delivery/record.ts";

/** What a handler is told beside the event. */
export interface Invocation {
  readonly targetArn: string;
  /** Absent when a client called the target itself: `Publish`, `Invoke`, `StartExecution`, `PutRecord`. */
  readonly ruleArn: string | undefined;
  /** 1 for the first try. */
  readonly attempt: number;
  /** What the target was sent, as text. */
  readonly body: string;
  /** Where a client called the target itself: what it asked for, by the API's names. */
  readonly request?: object | undefined;
}

/**
 * Stands in for a target that is not emulated, such as a Lambda function: gets the body, parsed when it is JSON. A
 * rejection counts as a failed delivery and is tried again by the target's retry policy, unless the error carries
 * `retryable: false`. A `code` on it becomes the dead letter's `ERROR_CODE`.
 */
export type Handler = (event: unknown, invocation: Invocation) => unknown;

export interface EventBridgeOptions {
  /** Handlers by target ARN, or by service (`lambda`, `logs`, `states`) for all ARNs that have none of their own. */
  readonly handlers?: Readonly<Record<string, Handler>> | undefined;
  /** AWS takes events for a bus that does not exist, and forgets them. With this they are refused. */
  readonly refuseMissingBus?: boolean | undefined;
  /** Rules that a bus may have. Default: AWS's quota, which it raises on request. */
  readonly rulesPerBus?: number | undefined;
  /** How many delivery records are kept. Default 10,000. */
  readonly keptDeliveries?: number | undefined;
  /** Told of every delivery when something came of it, with the text of the event as its bus has it. */
  readonly onDelivery?: ((record: DeliveryRecord, event: string) => void) | undefined;
  /** Told of every event that a bus takes, whether a rule matches or not, before it is delivered. */
  readonly onEvent?: ((event: string, bus: string) => void) | undefined;
}
