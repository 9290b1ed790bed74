import type { SQSClient } from "@aws-sdk/client-sqs";
import { deleteMessages } from "../../aws/queues.ts";
import type { Clock } from "../../core/clock.ts";

/** A call deletes ten messages (SQS, DeleteMessageBatch); fewer wait so long for company. */
const batch = { size: 10, waitMs: 100 };

/** Deletes messages in batches, beside the reading. */
export class Sweeper {
  readonly #sqs: SQSClient;
  readonly #url: string;
  readonly #clock: Clock;
  readonly #calls = new Set<Promise<unknown>>();
  #handles: string[] = [];
  #cancel = () => {};

  constructor(sqs: SQSClient, url: string, clock: Clock) {
    this.#sqs = sqs;
    this.#url = url;
    this.#clock = clock;
  }

  add(handle: string): void {
    this.#handles.push(handle);
    if (this.#handles.length >= batch.size) this.#send();
    else if (this.#handles.length === 1) this.#cancel = this.#clock.after(batch.waitMs, () => this.#send());
  }

  /** Resolves when everything has been sent and answered. */
  async end(): Promise<void> {
    this.#send();
    await Promise.all(this.#calls);
  }

  #send(): void {
    this.#cancel();
    if (this.#handles.length === 0) return;
    const call = deleteMessages(this.#sqs, this.#url, this.#handles)
      // What could not be deleted comes again, is known by its id, and is deleted then.
      .catch(() => {})
      .finally(() => this.#calls.delete(call));
    this.#calls.add(call);
    this.#handles = [];
  }
}
