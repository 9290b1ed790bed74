import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** A directory that is ours alone until `free`. */
export interface Lock {
  free(): void;
}

/** Who has the directory; `started` tells a process from a later one that got its number. */
interface Holder {
  readonly pid: number;
  readonly started: string;
}

/**
 * Takes a directory for this process, by a file `lock` in it. What a process left that is no more is no lock. Answers
 * the number of the process that has it when it cannot be had.
 */
export function takeLock(directory: string): Lock | number {
  const path = resolve(directory, "lock");
  const own = join(directory, `lock.${process.pid}`);
  writeFileSync(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder), {
    mode: 0o600,
  });
  try {
    for (;;) {
      if (link(own, path)) return held(path);
      const holder = readHolder(path);
      if (holder !== undefined && isAlive(holder, path)) return holder.pid;
      if (holder !== undefined) removeStale(path, `${own}.stale`, holder);
    }
  } finally {
    unlinkSync(own);
  }
}

/** Locks that this process has. */
const ours = new Set<string>();

function held(path: string): Lock {
  ours.add(path);
  return {
    free() {
      if (ours.delete(path)) unlinkSync(path);
    },
  };
}

/** A link comes whole or not at all, so nobody reads half a lock. False when there is one. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Another process may have been quicker: what was not the stale lock is put back. */
function removeStale(path: string, aside: string, stale: Holder): void {
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const taken = readHolder(aside);
  if (taken?.pid !== stale.pid || taken.started !== stale.started) link(aside, path);
  unlinkSync(aside);
}

function readHolder(path: string): Holder | undefined {
  try {
    const found = Object(JSON.parse(readFileSync(path, "utf8"))) as Holder;
    return { pid: Number(found.pid), started: String(found.started) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    // Nothing that we wrote: nobody has it.
    return { pid: 0, started: "" };
  }
}

/** Where the system does not tell when a process began, its number alone counts. */
function isAlive({ pid, started }: Holder, path: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const now = startOf(pid);
  if (pid === process.pid && now === "") return ours.has(path);
  if (now !== "" && started !== "") return now === started;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The moment when a process began, in ticks since the machine did, with the boot's id; empty where that is not told. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in brackets, may hold blanks.
    return `${boot}/${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return "";
  }
}
