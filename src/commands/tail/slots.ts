/** Lets so many tasks run at a time. */
export class Slots {
  #free: number;
  readonly #running = new Set<Promise<void>>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves as soon as the task has begun. A task must not reject. */
  async run(task: () => Promise<void>): Promise<void> {
    while (this.#free === 0) await Promise.race(this.#running);
    this.#free--;
    const running = task().finally(() => {
      this.#free++;
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  /** Resolves when no task runs any longer. */
  async drained(): Promise<void> {
    await Promise.all(this.#running);
  }
}
