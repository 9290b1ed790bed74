import {
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** A file that is written at its end, and only whole. */
export interface StateFile {
  readonly path: string;
  /** Bytes in it. */
  readonly size: number;
  /** In the hands of the system when this returns. Throws when it could not be written whole; then nothing is. */
  append(text: string): void;
  /** Resolves when all that was appended is on the disk. What asks meanwhile waits for the next round together. */
  synced(): Promise<void>;
  close(): void;
}

/** Makes a file out of `parts`: complete and on the disk under its name, or not there at all. */
export function makeStateFile(path: string, parts: Iterable<string>): StateFile {
  const unfinished = `${path}.new`;
  const file = openSync(unfinished, "w", 0o600);
  try {
    for (const part of parts) writeWhole(file, part);
    fsyncSync(file);
    renameSync(unfinished, path);
  } catch (error) {
    closeSync(file);
    unlinkSync(unfinished);
    throw error;
  }
  syncDirectory(dirname(path));
  return stateFile(path, file);
}

function stateFile(path: string, file: number): StateFile {
  let { size } = fstatSync(file);
  let round: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const sync = () =>
    new Promise<void>((resolve, reject) =>
      fdatasync(file, (error) => (error === null ? resolve() : reject(error))),
    );
  return {
    path,
    get size() {
      return size;
    },
    append(text) {
      try {
        size += writeWhole(file, text);
      } catch (error) {
        // A part of a record must not stand before the next one.
        ftruncateSync(file, size);
        throw error;
      }
    },
    synced() {
      if (round === undefined) {
        round = sync().finally(() => {
          round = undefined;
        });
        return round;
      }
      // The round that runs may have begun before what is asked for was written.
      next ??= round
        .catch(() => {})
        .then(() => {
          next = undefined;
          round = sync().finally(() => {
            round = undefined;
          });
          return round;
        });
      return next;
    },
    close: () => closeSync(file),
  };
}

function writeWhole(file: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
  return bytes.length;
}

/** So that the new name survives the machine's end too. Not every system can. */
function syncDirectory(path: string): void {
  try {
    const directory = openSync(path, "r");
    fsyncSync(directory);
    closeSync(directory);
  } catch {
    // The name then reaches the disk when the system sees fit.
  }
}
