import type { ReceivedMessage } from "../../aws/queues.ts";
import { IdSet } from "../../core/redrive/id-set.ts";
import type { DeadLetter } from "../../core/redrive/letter.ts";
import { parseLetter } from "../../core/redrive/parse.ts";
import type { Source } from "./source.ts";

export interface Scanned {
  readonly message: ReceivedMessage;
  readonly letter: DeadLetter;
}

export interface SelectionOptions {
  readonly matches: (letter: DeadLetter) => boolean;
  /** Not every message matches. */
  readonly filtered: boolean;
  readonly max: number;
  /** So many at first, until `goOn`; one that is skipped does not count. */
  readonly first?: number | undefined;
}

const most = 10;

/** The messages that pass the filters, at most `max` over all workers that share it. */
export class Selection {
  readonly #options: SelectionOptions;
  /** Of `max`, and of `first`. */
  #left: number;
  #now: number;
  /** What was skipped among the first: it comes once more, and has been counted. */
  readonly #known = new IdSet();

  constructor(options: SelectionOptions) {
    this.#options = options;
    this.#left = options.max;
    this.#now = options.first ?? Number.POSITIVE_INFINITY;
  }

  /** No more may pass, for now. */
  get isFull(): boolean {
    return this.#room <= 0;
  }

  get #room(): number {
    return Math.min(this.#left, this.#now);
  }

  /** All may pass that `max` has left. */
  goOn(): void {
    this.#now = Number.POSITIVE_INFINITY;
  }

  /** A message was handed out and stays where it is; false when that is no news. */
  skip(id: string): boolean {
    if (this.#known.has(id)) return false;
    if (this.#now < Number.POSITIVE_INFINITY) {
      this.#known.add(id);
      this.#now++;
    }
    return true;
  }

  /** How many workers are of use: without filters every message counts, so no more are taken than are wanted. */
  workers(most: number): number {
    return this.#options.filtered ? most : Math.min(most, Math.ceil(this.#room / 10));
  }

  /** One worker's way through the source: batches that hold at least one message, until one of the signals. */
  async *batches(source: Source, ...stops: readonly AbortSignal[]): AsyncGenerator<Scanned[], void> {
    const { matches, filtered } = this.#options;
    const size = () => {
      if (this.#room <= 0 || stops.some(({ aborted }) => aborted)) return 0;
      return filtered ? most : Math.min(most, this.#room);
    };
    for await (const messages of source.batches(size)) {
      const batch = messages
        .map((message) => ({ message, letter: parseLetter(message) }))
        .filter(({ letter }) => matches(letter) && this.#admits(letter.messageId));
      if (batch.length > 0) yield batch;
    }
  }

  #admits(id: string): boolean {
    if (this.#known.has(id)) return true;
    if (this.#room <= 0) return false;
    this.#left--;
    this.#now--;
    return true;
  }
}
