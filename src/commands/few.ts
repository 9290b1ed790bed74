/** Calls that are under way at a time: well below the 50 a second that AWS allows an account. */
const atOnce = 4;

/** What each item gives, in order, a few at a time. The first error stops the others. */
export async function eachOf<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await ask(items[index]!);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
  return results;
}
