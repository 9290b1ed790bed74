import type { ReceivedMessage } from "../../aws/queues.ts";
import type { DeadLetter } from "../../core/redrive/letter.ts";
import { parseLetter } from "../../core/redrive/parse.ts";
import { runCrew } from "./crew.ts";
import type { Source } from "./source.ts";

export interface Scanned {
  readonly message: ReceivedMessage;
  readonly letter: DeadLetter;
}

export interface ScanOptions {
  readonly matches: (letter: DeadLetter) => boolean;
  /** Not every message matches. */
  readonly filtered: boolean;
  readonly max: number;
  readonly concurrency: number;
  /** Stops taking; what was taken is still yielded. */
  readonly stop?: AbortSignal;
}

/** Goes once through a queue and yields what matches, at most `max`. Everything stays held by the source. */
export async function* scan(source: Source, options: ScanOptions): AsyncGenerator<Scanned, void> {
  const { matches, filtered, max, concurrency, stop } = options;
  let room = max;
  // Without filters every message counts, so no more are taken than are wanted, and the first ones first.
  const workers = filtered ? concurrency : Math.min(concurrency, Math.ceil(max / 10));
  yield* runCrew<Scanned>(workers, async (tell, over) => {
    while (room > 0 && !over.aborted && !stop?.aborted) {
      const messages = await source.take(filtered ? 10 : Math.min(10, room));
      if (messages.length === 0) return;
      for (const message of messages) {
        const letter = parseLetter(message);
        if (!matches(letter)) continue;
        if (room <= 0) break;
        room--;
        await tell({ message, letter });
      }
    }
  });
}
