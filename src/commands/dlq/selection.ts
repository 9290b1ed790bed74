import type { ReceivedMessage } from "../../aws/queues.ts";
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
}

const most = 10;

/** The messages that pass the filters, at most `max` over all workers that share it. */
export class Selection {
  readonly #options: SelectionOptions;
  #room: number;
  /** Messages that were handed out. */
  selected = 0;

  constructor(options: SelectionOptions) {
    this.#options = options;
    this.#room = options.max;
  }

  /** Lets so many more pass than until now. */
  widen(more: number): void {
    this.#room += more;
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
        .filter(({ letter }) => matches(letter))
        .slice(0, this.#room);
      this.#room -= batch.length;
      this.selected += batch.length;
      if (batch.length > 0) yield batch;
    }
  }
}
