import type { Action, Queues, Service, Site } from "../ports.ts";

export interface SqsOptions {
  /** Deliver to queues whose policy does not let the sender in. */
  readonly lenient: boolean;
}

/** Amazon SQS. */
export function openSqsService(_site: Site, _options: SqsOptions): Service & Queues {
  const actions = new Map<string, Action>();
  return {
    target: "AmazonSQS",
    contentType: "application/x-amz-json-1.0",
    errorPrefix: () => "com.amazonaws.sqs#",
    actions,
    reset() {},
    deliver: () => ({ ok: false, code: "NO_RESOURCE", message: "no queue", retryable: false }),
    kindOf: () => undefined,
  };
}
