import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { platform } from "node:os";
import { join } from "node:path";
import type { World } from "./world.ts";

/** Texts that were fetched once, in the user's cache folder, readable by this user alone. */
export interface Cache {
  /** What was kept under a key, and when (milliseconds since the epoch). */
  read(key: string): Promise<{ readonly text: string; readonly at: number } | undefined>;
  /** A cache that cannot be written only costs time. */
  write(key: string, text: string): Promise<void>;
}

/** Keys are names of files. */
export function openCache({ env, home, clock }: World, name: string): Cache {
  const folder = join(cacheHome(env, home), "evb", name);
  return {
    async read(key) {
      if (!(await isPrivate(folder))) return undefined;
      try {
        const kept = JSON.parse(await readFile(join(folder, `${key}.json`), "utf8"));
        return typeof kept.text === "string" && typeof kept.at === "number" ? kept : undefined;
      } catch {
        return undefined;
      }
    },
    async write(key, text) {
      const file = join(folder, `${key}.json`);
      // Two runs at a time must not write into one file.
      const partial = `${file}.${Math.floor(clock.now())}.${process.pid}`;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        if (!(await isPrivate(folder))) return;
        await writeFile(partial, JSON.stringify({ at: clock.now(), text }), { mode: 0o600 });
        await rename(partial, file);
      } catch {
        // As if there were no cache.
      }
    },
  };
}

function cacheHome(env: World["env"], home: string): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (platform() === "win32" && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return join(home, platform() === "darwin" ? "Library/Caches" : ".cache");
}

/** It belongs to this user, and nobody else may write there. */
async function isPrivate(folder: string): Promise<boolean> {
  try {
    const { uid, mode } = await stat(folder);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  } catch {
    return false;
  }
}
