import { linkSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { systemClock } from "./clock.ts";
import { type Holder, isAlive, ownHolder, parseHolder } from "./holder.ts";

/** Something that is ours alone until it is freed. */
export interface Lock {
  free(): void;
}

/** Absolute paths of the locks that this process has. */
const ours = new Set<string>();

/**
 * Takes a lock, which is a file that names its process. What a process left that is no more is no lock. Answers who has
 * it when it cannot be had.
 */
export function takeLock(path: string): Lock | Holder {
  // Threads share a number, so a name that only tells processes apart would not do.
  const own = `${path}.${process.pid}.${Math.random().toString(36).slice(2, 10)}`;
  try {
    writeFileSync(own, JSON.stringify(ownHolder()), { mode: 0o600, flag: "wx" });
    for (;;) {
      if (place(own, path)) return held(path);
      const text = read(path);
      if (text === undefined) continue;
      const holder = parseHolder(text);
      if (holder !== undefined && isAlive(holder, ours.has(path))) return holder;
      removeStale(path, own, text);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function held(path: string): Lock {
  ours.add(path);
  return {
    free() {
      if (!ours.delete(path)) return;
      try {
        unlinkSync(path);
      } catch {
        // Whoever removed it by hand, or its folder, has freed it.
      }
    },
  };
}

/** A link comes whole or not at all, so nobody reads half a lock. False when there is one. */
function place(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code === undefined || !linkless.has(code)) throw error;
    return create(from, to);
  }
}

/** How file systems say that they have no links. */
const linkless = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EACCES"]);

function create(from: string, to: string): boolean {
  try {
    writeFileSync(to, readFileSync(from), { mode: 0o600, flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** No breaker has ever been at work for so long. */
const brokenMs = 5000;
const pauseMs = 2;

/**
 * One process at a time removes what is stale, and looks again before it does: another one may have been quicker, and
 * what stands there now is a lock.
 */
function removeStale(path: string, own: string, stale: string): void {
  const breaker = `${path}.stale`;
  if (!place(own, breaker)) {
    awaitBreaker(breaker);
    return;
  }
  try {
    if (read(path) === stale) unlinkSync(path);
  } finally {
    unlinkSync(breaker);
  }
}

/** A breaker is gone in a moment, unless it was killed in that moment. */
function awaitBreaker(breaker: string): void {
  const stat = statSync(breaker, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (systemClock.now() - stat.mtimeMs > brokenMs) rmSync(breaker, { force: true });
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
