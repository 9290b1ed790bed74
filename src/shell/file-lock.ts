import { open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { EvbError } from "../core/errors.ts";
import { unwritable } from "./append.ts";
import type { World } from "./world.ts";

/** What this process holds itself: a process that is started anew may get the number of the one that was killed. */
const held = new Set<string>();
/** Another process that took over the same leftover has done so by then. */
const settleMs = 100;

/**
 * Keeps a second run from a file for as long as this is not disposed, by a file beside it that names the process.
 * What a killed process has left is taken over.
 */
export async function openLock(world: World, path: string): Promise<AsyncDisposable> {
  const lock = `${resolve(world.cwd, path)}.lock`;
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), mark: Math.random() });
  const fail = (error: unknown) => {
    throw unwritable(error as NodeJS.ErrnoException, `${path}.lock`);
  };
  if (!(await makeNew(lock, mine).catch(fail))) {
    const holder = await readFile(lock, "utf8").catch(() => "");
    if (isAlive(holder, lock)) throw inUse(path, holder);
    await takeOver(lock, mine).catch(fail);
    if ((await readFile(lock, "utf8").catch(() => "")) !== mine) throw inUse(path, holder);
  }
  held.add(lock);
  return {
    async [Symbol.asyncDispose]() {
      held.delete(lock);
      await rm(lock, { force: true });
    },
  };
}

async function makeNew(lock: string, mine: string): Promise<boolean> {
  try {
    const file = await open(lock, "wx", 0o600);
    await file.writeFile(mine);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Of two that do so at the same time the last one has it, and both wait long enough to see who that is. */
async function takeOver(lock: string, mine: string): Promise<void> {
  const aside = `${lock}.${process.pid}`;
  await writeFile(aside, mine, { mode: 0o600 });
  await rename(aside, lock);
  await wait(settleMs);
}

function isAlive(holder: string, lock: string): boolean {
  const { pid, host } = parse(holder);
  // Of a process on another machine nothing can be known.
  if (host !== hostname()) return host !== undefined;
  if (pid === process.pid) return held.has(lock);
  try {
    process.kill(pid!, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function parse(holder: string): { readonly pid?: number; readonly host?: string } {
  try {
    const { pid, host } = JSON.parse(holder);
    return typeof pid === "number" && typeof host === "string" ? { pid, host } : {};
  } catch {
    // Killed before it could write it.
    return {};
  }
}

function inUse(path: string, holder: string): EvbError {
  const { pid, host } = parse(holder);
  const who = pid === undefined ? "another run" : `process ${pid}${host === hostname() ? "" : ` on ${host}`}`;
  return new EvbError("BAD_USAGE", `${path} is in use by ${who}`, [
    "wait for that run, or name another file",
    `if no such run is left, remove ${path}.lock`,
  ]);
}
