import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { EvbError } from "../core/errors.ts";
import { unwritable } from "./append.ts";
import { renderHolder } from "./holder.ts";
import { type Lock, takeLock } from "./lock.ts";
import type { World } from "./world.ts";

/** Keeps a second run from a file until it is freed, by a lock beside it. Makes the folder. */
export function openLock(world: World, path: string): Lock {
  const full = resolve(world.cwd, path);
  if (guarded(path, () => isDevice(full))) return { free() {} };
  makeFolder(path, dirname(full));
  const lock = guarded(`${path}.lock`, () => takeLock(`${full}.lock`));
  if ("free" in lock) return lock;
  throw new EvbError("BAD_USAGE", `${path} is in use by ${renderHolder(lock)}`, [
    "wait for that run, or name another file",
    `if no such run is left, remove ${path}.lock`,
  ]);
}

/** What keeps no lines is shared by nobody, and beside it there may be no place for a lock. */
function isDevice(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && !stat.isFile() && !stat.isDirectory();
}

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw unwritable(error as NodeJS.ErrnoException, path);
  }
}

/** Where homes are read-only, the folder of the user's state is the first thing that cannot be made. */
function makeFolder(path: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw unwritable(error as NodeJS.ErrnoException, path);
    throw new EvbError(
      "FILE_NOT_WRITTEN",
      `${path} cannot be written: its folder cannot be made (${message})`,
      ["name a file elsewhere, or with XDG_STATE_HOME another place for all that evb remembers"],
      error,
    );
  }
}
