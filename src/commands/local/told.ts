/** What the emulator has to tell while its story waits for something else: a line that is filled and taken from. */
export interface Told<T> {
  readonly tell: (item: T) => void;
  /** Gives what was told and what is told until `end` settles; then ends. */
  until(end: Promise<unknown>): AsyncGenerator<T, void>;
}

export function openTold<T>(): Told<T> {
  let items: T[] = [];
  let wake = () => {};
  return {
    tell(item) {
      items.push(item);
      wake();
    },
    async *until(end) {
      let isOver = false;
      const over = () => {
        isOver = true;
        wake();
      };
      void end.then(over, over);
      for (;;) {
        const taken = items;
        items = [];
        yield* taken;
        if (items.length > 0) continue;
        if (isOver) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
