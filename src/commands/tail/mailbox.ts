/**
 * Hands items from several writers to one reader. A writer waits until its item has been taken, so nothing piles up
 * behind a slow reader.
 */
export class Mailbox<T> {
  readonly #waiting: { readonly item: T; readonly taken: (isTaken: boolean) => void }[] = [];
  #isClosed = false;
  #wake = () => {};

  /** Resolves when the reader has taken the item, or with false when it will take no more. */
  put(item: T): Promise<boolean> {
    if (this.#isClosed) return Promise.resolve(false);
    return new Promise((taken) => {
      this.#waiting.push({ item, taken });
      this.#wake();
    });
  }

  /** No more items will be taken: those that wait are dropped. */
  close(): void {
    this.#isClosed = true;
    for (const { taken } of this.#waiting.splice(0)) taken(false);
    this.#wake();
  }

  /** The next item, or `undefined` once the mailbox is closed. */
  async take(): Promise<T | undefined> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        next.taken(true);
        return next.item;
      }
      if (this.#isClosed) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
