import type { JournalFile } from "../../shell/journal.ts";

/** So many lines may wait for the disk before the reading waits for them. */
const room = 1000;

/** Adds lines to a file beside the reading, and does what is to be done once they are written. */
export class Keeper {
  readonly #file: JournalFile;
  readonly #writes = new Set<Promise<void>>();
  readonly #onFailure: (error: unknown) => void;

  constructor(file: JournalFile, onFailure: (error: unknown) => void) {
    this.#file = file;
    this.#onFailure = onFailure;
  }

  /** `written` is only called when it is. Resolves when there is room for more. */
  async add(line: string, written: () => void): Promise<void> {
    const write = this.#file
      .note([line])
      .then(written, this.#onFailure)
      .finally(() => this.#writes.delete(write));
    this.#writes.add(write);
    if (this.#writes.size >= room) await Promise.race(this.#writes);
  }

  /** Resolves when no line waits any longer. */
  async drained(): Promise<void> {
    await Promise.all(this.#writes);
  }
}
