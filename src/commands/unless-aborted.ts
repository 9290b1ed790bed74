/** Waits for a task, but no longer than a signal allows: then the answer is `undefined` and the task goes on unobserved. */
export function unlessAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(undefined);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    task.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
