import { deleteMessages, type ReceivedMessage, receiveMessages } from "../../../aws/queues.ts";
import type { Clock } from "../../../core/clock.ts";
import { parseRelayNews } from "../../../core/redrive/relay-setup.ts";
import type { Clients } from "../../temporary.ts";

export interface WatchOptions {
  readonly clients: Clients;
  readonly queueUrl: string;
  readonly clock: Clock;
  readonly watchMs: number;
  readonly local: boolean;
}

/** How it went with one message. */
export type Verdict =
  | { readonly state: "failed"; readonly code: string; readonly message: string }
  /** The rule has taken it, and no failure came. */
  | { readonly state: "quiet"; readonly receipts: number }
  /** Nothing came of it at all, or the queue could not be read. */
  | { readonly state: "unseen" };

interface Expected {
  receipts: number;
  readonly resolve: (verdict: Verdict) => void;
}

/** Whoever wants to know that the queue has been read to its end. */
interface Waiting {
  /** The number of the look that was under way. */
  readonly since: number;
  failures: number;
  readonly resolve: (isRead: boolean) => void;
}

/** Nothing was there, or the queue could not be asked. */
const pauseMs = { local: 20, aws: 1000 } as const;
/** Looks in a row that may fail before the queue counts as one that cannot be read. */
const patience = 5;

/** Reads a temporary queue for as long as the end of some message is not known. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #expected = new Map<string, Expected>();
  readonly #over = new AbortController();
  #running: Promise<void> | undefined;
  #looks = 0;
  #waiting: Waiting[] = [];

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#expected.size;
  }

  /** To be called before the message goes, so that no news of it is missed. */
  expect(messageId: string) {
    let resolve: (verdict: Verdict) => void = () => {};
    const verdict = new Promise<Verdict>((done) => {
      resolve = done;
    });
    const expected: Expected = { receipts: 0, resolve };
    this.#expected.set(messageId, expected);
    this.#running ??= this.#run();
    const forget = () => {
      if (this.#expected.get(messageId) === expected) this.#expected.delete(messageId);
    };
    return {
      forget,
      /** From now on the time counts. */
      settled: async (): Promise<Verdict> => {
        const enough = new AbortController();
        try {
          return await Promise.race([verdict, this.#quiet(expected, enough.signal)]);
        } finally {
          enough.abort();
          forget();
        }
      },
    };
  }

  /** Ends the reading; what is still expected is unseen. */
  async stop(): Promise<void> {
    this.#over.abort();
    await this.#running;
  }

  async #quiet(expected: Expected, enough: AbortSignal): Promise<Verdict> {
    const { clock, watchMs } = this.#options;
    await clock.sleep(watchMs, AbortSignal.any([enough, this.#over.signal]));
    const isRead = !enough.aborted && !this.#over.signal.aborted && (await this.#readToEnd());
    const { receipts } = expected;
    return isRead && receipts > 0 ? { state: "quiet", receipts } : { state: "unseen" };
  }

  async #run(): Promise<void> {
    const { clock, local } = this.#options;
    while (!this.#over.signal.aborted && this.#expected.size > 0) {
      const look = ++this.#looks;
      const news = await this.#receive();
      this.#waiting = this.#waiting.filter((one) => !isAnswered(one, look, news?.length));
      if (!news?.length) await clock.sleep(local ? pauseMs.local : pauseMs.aws, this.#over.signal);
    }
    this.#running = undefined;
    for (const { resolve } of this.#waiting.splice(0)) resolve(false);
  }

  /** True once a look that began after this found nothing more; false when the queue cannot be read. */
  #readToEnd(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting.push({ since: this.#looks, failures: 0, resolve });
    });
  }

  /** Undefined when the queue could not be read. */
  async #receive(): Promise<readonly ReceivedMessage[] | undefined> {
    const { clients, queueUrl, local } = this.#options;
    try {
      const { signal } = this.#over;
      const messages = await receiveMessages(clients.sqs, queueUrl, { waitSeconds: local ? 0 : 5, signal });
      for (const message of messages) this.#tell(message);
      const handles = messages.map(({ receiptHandle }) => receiptHandle);
      // One that stays comes again, and is told again.
      if (handles.length > 0) await deleteMessages(clients.sqs, queueUrl, handles).catch(() => {});
      return messages;
    } catch {
      return undefined;
    }
  }

  #tell({ body, attributes }: ReceivedMessage): void {
    const news = parseRelayNews(body, (name) => attributes[name]?.StringValue);
    const expected = news && this.#expected.get(news.messageId);
    if (news === undefined || expected === undefined) return;
    if (news.kind === "receipt") expected.receipts++;
    else expected.resolve({ state: "failed", code: news.code, message: news.message });
  }
}

/** This look, which found `count` messages or failed, tells whoever waits what they want to know. */
function isAnswered(one: Waiting, look: number, count: number | undefined): boolean {
  if (look <= one.since) return false;
  if (count === undefined) {
    if (++one.failures < patience) return false;
  } else if (count > 0) return false;
  one.resolve(count === 0);
  return true;
}
