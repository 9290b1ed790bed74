/** How a worker of a crew tells what happened; waits while the reader is slow. */
export type Tell<H> = (happening: H) => Promise<void>;

/** So many happenings may wait for their reader before the workers wait too. */
const backlog = 256;

/**
 * Runs `size` workers at once and yields what they tell, as it comes. The first error stops the others (by `stop`,
 * at the next place where they look) and is thrown when all have come to rest. So does a reader that goes away.
 */
export async function* runCrew<H>(
  size: number,
  work: (tell: Tell<H>, stop: AbortSignal) => Promise<void>,
): AsyncGenerator<H, void> {
  const stop = new AbortController();
  const told: H[] = [];
  let wakeReader = () => {};
  let wakeWorkers: (() => void)[] = [];
  let active = size;
  let failure: { readonly error: unknown } | undefined;

  const tell: Tell<H> = (happening) => {
    told.push(happening);
    wakeReader();
    if (told.length < backlog || stop.signal.aborted) return Promise.resolve();
    return new Promise((wake) => wakeWorkers.push(wake));
  };
  const freeWorkers = () => {
    for (const wake of wakeWorkers) wake();
    wakeWorkers = [];
  };
  const crew = Array.from({ length: size }, async () => {
    try {
      await work(tell, stop.signal);
    } catch (error) {
      failure ??= { error };
      stop.abort();
      freeWorkers();
    } finally {
      active--;
      wakeReader();
    }
  });
  try {
    for (;;) {
      while (told.length > 0) yield told.shift()!;
      freeWorkers();
      if (active === 0) break;
      await new Promise<void>((wake) => {
        wakeReader = wake;
        if (told.length > 0 || active === 0) wake();
      });
    }
  } finally {
    stop.abort();
    freeWorkers();
    await Promise.all(crew);
  }
  if (failure) throw failure.error;
}
