import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { EvbError } from "../../core/errors.ts";
import type { StateFile } from "./file.ts";
import { makeStateFile } from "./file.ts";
import { renderHeader, renderRecord } from "./format.ts";
import type { Keeper, Kept, Ledger, Saved } from "./ledger.ts";
import { openPlace, stateFileName } from "./open.ts";
import { Pending } from "./pending.ts";

export interface DataOptions {
  readonly directory: string;
  readonly region: string;
  readonly account: string;
  /** Answer only when what was changed is on the disk, and not just with the system. */
  readonly fsync: boolean;
  readonly log: (line: string) => void;
}

/** The state of an emulator in a directory. */
export interface Data {
  /** What changes goes here. */
  readonly ledger: Ledger;
  /** The emulator's time when it was last heard of, in milliseconds: time does not go back. */
  readonly lastAt: number;
  /** Gives the services what was kept, and keeps what they change from now on. */
  begin(keepers: readonly Keeper[], now: () => number): void;
  /** To be called before a request is answered. Throws when its changes could not be kept. */
  commit(): Promise<void> | undefined;
  /** Writes all state anew and leaves the rest behind. */
  rewrite(): void;
  close(): Promise<void>;
}

/** A file is written anew when it has grown by so much, and by more than twice what it began with. */
const leastGrowth = 16 * 2 ** 20;
/** Things to a record when all is written. */
const portion = 500;

/** Opens a directory of state. Throws when it is another process's, or damaged. */
export function openData(options: DataOptions): Data {
  const place = openPlace(options.directory, options);
  return new DataDirectory(options, place);
}

class DataDirectory implements Data {
  readonly ledger: Pending;
  readonly lastAt: number;
  readonly #options: DataOptions;
  readonly #lock: { free(): void };
  #saved: Saved | undefined;
  #number: number;
  #file: StateFile | undefined;
  #before: string | undefined;
  #keepers: readonly Keeper[] = [];
  #now: () => number = () => 0;
  #rewriteAt = 0;

  constructor(options: DataOptions, { lock, loaded, newest, number }: ReturnType<typeof openPlace>) {
    this.#options = options;
    this.#lock = lock;
    this.#saved = loaded?.saved;
    this.#number = number;
    this.#before = newest;
    this.lastAt = loaded?.lastAt ?? 0;
    // What changes without a request, such as a delivery that is tried again, is written soon after.
    this.ledger = new Pending(() => setImmediate(() => this.#writeInBackground()));
    if (loaded !== undefined && loaded.torn > 0)
      options.log(`${newest}: a last record of ${loaded.torn} bytes was not finished, and is left out`);
  }

  begin(keepers: readonly Keeper[], now: () => number): void {
    this.#keepers = keepers;
    this.#now = now;
    if (this.#saved !== undefined) for (const keeper of keepers) keeper.restore(this.#saved);
    this.#saved = undefined;
    this.#orUnwritten("it holds what it held before", () => this.rewrite());
  }

  commit(): Promise<void> | undefined {
    this.#write();
    return this.#options.fsync ? this.#file?.synced() : undefined;
  }

  rewrite(): void {
    this.ledger.clear();
    const path = join(this.#options.directory, stateFileName(this.#number + 1));
    const made = makeStateFile(path, this.#everything());
    this.#file?.close();
    this.#file = made;
    this.#number += 1;
    if (this.#before !== undefined) unlinkSync(this.#before);
    this.#before = path;
    this.#rewriteAt = made.size + Math.max(leastGrowth, 2 * made.size);
  }

  async close(): Promise<void> {
    try {
      this.#orUnwritten("what was changed last is not in it, and was not answered with success", () =>
        this.#write(),
      );
      await this.#file?.synced();
    } finally {
      this.#file?.close();
      this.#file = undefined;
      this.#lock.free();
    }
  }

  /** A full disk is no fault of ours. */
  #orUnwritten(hint: string, write: () => void): void {
    try {
      write();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw new EvbError(
        "FILE_NOT_WRITTEN",
        `${this.#options.directory} cannot be written to: ${code}`,
        [hint],
        error,
      );
    }
  }

  #write(): void {
    if (this.ledger.isEmpty || this.#file === undefined) return;
    this.#file.append(renderRecord({ at: this.#now(), changes: this.ledger.render() }));
    this.ledger.clear();
    if (this.#file.size > this.#rewriteAt) this.#shrink();
  }

  #writeInBackground(): void {
    try {
      this.#write();
    } catch (error) {
      // It stays pending, and goes with the next request.
      this.#options.log(`state is not kept: ${(error as Error).message}`);
    }
  }

  /** The record is kept by now; that the file stays large is no reason to fail. */
  #shrink(): void {
    try {
      this.rewrite();
    } catch (error) {
      this.#rewriteAt *= 2;
      this.#options.log(`the file of state is not written anew: ${(error as Error).message}`);
    }
  }

  *#everything(): Iterable<string> {
    yield renderHeader(this.#options);
    const at = this.#now();
    let changes: Kept[] = [];
    for (const keeper of this.#keepers)
      for (const kept of keeper.snapshot()) {
        changes.push(kept);
        if (changes.length < portion) continue;
        yield renderRecord({ at, changes });
        changes = [];
      }
    yield renderRecord({ at, changes });
  }
}
