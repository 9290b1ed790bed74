/**
 * Works on what `source` gives, several at a time, and yields the results in the order of the source. Reads no
 * further ahead than `window` results that have not been taken, so a slow reader or one slow piece of work holds
 * the source back. Ends with what the source returned. One function, because its parts are one small machine over
 * the same five variables.
 */
export async function* inOrder<T, R, E>(
  source: AsyncGenerator<T, E>,
  work: (item: T) => Promise<R>,
  { concurrency, window }: { readonly concurrency: number; readonly window: number },
): AsyncGenerator<R, E | undefined> {
  const queue: { result?: { readonly value: R }; error?: { readonly cause: unknown } }[] = [];
  let working = 0;
  let pulling = false;
  let left = false;
  let ended: { readonly value: E | undefined } | undefined;
  let wake = () => {};

  const start = (item: T) => {
    const slot: (typeof queue)[number] = {};
    queue.push(slot);
    working++;
    work(item)
      .then(
        (value) => {
          slot.result = { value };
        },
        (cause) => {
          slot.error = { cause };
        },
      )
      .then(() => {
        working--;
        wake();
      });
  };
  const pull = () => {
    pulling = true;
    source
      .next()
      .then(
        (step) => {
          if (step.done) ended = { value: step.value };
          else if (!left) start(step.value);
        },
        (cause) => {
          // What was read before the fault is worked on and told first.
          queue.push({ error: { cause } });
          ended = { value: undefined };
        },
      )
      .then(() => {
        pulling = false;
        wake();
      });
  };

  const woken = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  try {
    for (;;) {
      const head = queue[0];
      if (head?.error) throw head.error.cause;
      if (head?.result) {
        queue.shift();
        yield head.result.value;
        continue;
      }
      if (ended && queue.length === 0) return ended.value;
      if (!ended && !pulling && working < concurrency && queue.length < window) pull();
      await woken();
    }
  } finally {
    // Whoever leaves early leaves no work behind that nobody waits for.
    left = true;
    while (working > 0) await woken();
  }
}
