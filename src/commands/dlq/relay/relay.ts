import { isUnanswered } from "../../../aws/results.ts";
import { putEntries } from "../../../aws/rules.ts";
import { EvbError } from "../../../core/errors.ts";
import type { Sending } from "../../../core/redrive/decision.ts";
import { relayEntry } from "../../../core/redrive/relay-setup.ts";
import { awsFault } from "../../aws-fault.ts";
import type { Remnant } from "../../temporary.ts";
import { type Answer, putEntry } from "../ways.ts";
import { type PartsOptions, RelayParts } from "./parts.ts";
import { type Verdict, Watch } from "./watch.ts";

type Relayed = Extract<Sending, { to: "relay" }>;

export interface RelayOptions extends PartsOptions {
  /** How long to look for failures. */
  readonly watchMs: number;
}

/**
 * Delivers through a temporary bus, and answers when it is known how it went as far as EventBridge lets one know: a
 * failure that came back, or a receipt of the rule and no failure for as long as an event may live on that bus.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #parts: RelayParts;
  #watch: Watch | undefined;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#parts = new RelayParts(options);
  }

  get name(): string {
    return this.#options.name;
  }

  get watchMs(): number {
    return this.#options.watchMs;
  }

  get isBegun(): boolean {
    return this.#parts.isBegun;
  }

  /** Messages that EventBridge has, and of which the end is not known. */
  get pending(): number {
    return this.#watch?.pending ?? 0;
  }

  send = async (sendings: readonly Sending[]): Promise<Answer[]> => {
    const watch = await this.#open();
    const relayed = sendings as readonly Relayed[];
    const entries = await Promise.all(relayed.map((one) => this.#entry(one)));
    const waiting = relayed.map(({ detail }) => watch.expect(messageIdIn(detail)));
    let results: readonly Answer[];
    try {
      results = await putEntries(this.#options.clients.events, entries.map(putEntry));
    } catch (error) {
      if (!isUnanswered(error)) {
        for (const one of waiting) one.forget();
        throw error;
      }
      // Whether it arrived, its receipt will tell.
      results = entries.map(() => ({ ok: true, id: "", inDoubt: true }));
    }
    return await Promise.all(
      results.map(async (result, index) => {
        const one = waiting[index]!;
        if (!result.ok) {
          one.forget();
          return result;
        }
        return answerOf(await one.settled(), result, this.#options.watchMs);
      }),
    );
  };

  /** Leaves everything as it is. */
  abandon(): void {
    void this.#watch?.stop();
    this.#parts.abandon();
  }

  /** What is still there afterwards. */
  async close(): Promise<readonly Remnant[]> {
    await this.#watch?.stop();
    return await this.#parts.remove();
  }

  /** What cannot be set up has sent nothing, whatever the error looks like. */
  async #open(): Promise<Watch> {
    try {
      const queueUrl = await this.#parts.queueUrl();
      this.#watch ??= new Watch({ ...this.#options, queueUrl });
      return this.#watch;
    } catch (error) {
      throw unsent(error);
    }
  }

  async #entry({ route, detail, traceHeader }: Relayed) {
    try {
      return relayEntry(this.#options.name, await this.#parts.ruleOf(route), detail, traceHeader);
    } catch (error) {
      throw unsent(error);
    }
  }
}

function unsent(error: unknown): unknown {
  if (error instanceof EvbError) return error;
  const { message, hints = [], code = "AWS_REFUSED" } = awsFault(error) ?? (error as EvbError);
  const words = `no temporary bus could be made for it: ${[message, ...hints].join("; ")}`;
  return new EvbError(code, words, [], error);
}

const messageIdIn = (detail: string): string => (JSON.parse(detail) as { message: string }).message;

function answerOf(verdict: Verdict, accepted: Extract<Answer, { ok: true }>, watchMs: number): Answer {
  const seconds = Math.round(watchMs / 1000);
  const failure = (code: string, message: string, senderFault: boolean): Answer => ({
    ok: false,
    code,
    message,
    senderFault,
  });
  switch (verdict.state) {
    case "failed":
      // Of two that may have gone, one has failed.
      return accepted.inDoubt
        ? failure("NoResult", `${verdict.code}: ${verdict.message}, but it may have gone twice`, false)
        : failure(verdict.code, verdict.message, true);
    case "quiet":
      return { ok: true, id: accepted.id, inDoubt: verdict.receipts > 1, watchedMs: watchMs };
    case "unseen":
      return failure(
        "NoResult",
        `EventBridge has taken the event, but within ${seconds}s no receipt came that its rule did`,
        false,
      );
  }
}
