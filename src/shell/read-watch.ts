import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { World } from "./world.ts";

/** Between two looks at the files. Looking works on every file system, and for editors that put a new file in place. */
const everyMs = 200;

/** Notes what is read in a world, and waits until something of it is another. */
export class ReadWatch {
  /** What is read in this world is noted. */
  readonly world: World;
  /** By path, what the file looked like when it was read. */
  readonly #marks = new Map<string, string>();

  constructor(world: World) {
    // Copied without being asked: merely touching a process's stdin opens it.
    const own = Object.getOwnPropertyDescriptors(world);
    const onRead = { enumerable: true, value: (path: string) => this.#note(resolve(world.cwd, path)) };
    this.world = Object.defineProperties({}, { ...own, onRead }) as World;
  }

  get files(): number {
    return this.#marks.size;
  }

  /** What we wrote ourselves is no change. */
  settle(): void {
    for (const path of this.#marks.keys()) this.#marks.set(path, markOf(path));
  }

  /** The path of something that has changed since it was read; `undefined` when the signal came first. */
  async change(signal: AbortSignal): Promise<string | undefined> {
    while (!signal.aborted) {
      const changed = [...this.#marks].find(([path, mark]) => markOf(path) !== mark)?.[0];
      if (changed !== undefined) {
        await this.#calm(signal);
        return signal.aborted ? undefined : changed;
      }
      await this.world.clock.sleep(everyMs, signal);
    }
    return undefined;
  }

  /** Whoever saves several files, or a long one, is given the time to. */
  async #calm(signal: AbortSignal): Promise<void> {
    for (let before = ""; !signal.aborted; ) {
      const now = [...this.#marks.keys()].map(markOf).join();
      if (now === before) return;
      before = now;
      await this.world.clock.sleep(everyMs / 2, signal);
    }
  }

  #note(path: string): void {
    if (!this.#marks.has(path)) this.#marks.set(path, markOf(path));
  }
}

function markOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? "none" : `${found.mtimeNs} ${found.size} ${found.ino}`;
}
