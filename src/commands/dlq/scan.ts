import { runCrew } from "./crew.ts";
import { type Scanned, Selection, type SelectionOptions } from "./selection.ts";
import type { Source } from "./source.ts";

export interface ScanOptions extends SelectionOptions {
  readonly concurrency: number;
  /** Stops taking; what was taken is still yielded. */
  readonly stop?: AbortSignal;
}

/** Goes once through a queue and yields what passes the filters. Everything stays held by the source. */
export async function* scan(source: Source, options: ScanOptions): AsyncGenerator<Scanned, void> {
  const selection = new Selection(options);
  const stops = options.stop === undefined ? [] : [options.stop];
  yield* runCrew<Scanned>(selection.workers(options.concurrency), async (tell, over) => {
    for await (const batch of selection.batches(source, over, ...stops))
      for (const scanned of batch) await tell(scanned);
  });
}
