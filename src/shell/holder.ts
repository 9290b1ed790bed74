import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** The process that has a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells a process from a later one that got its number; empty where the system does not say when one began. */
  readonly started: string;
}

export const ownHolder = (): Holder => ({
  pid: process.pid,
  host: hostname(),
  started: startOf(process.pid),
});

/** `undefined` is nothing that we wrote: nobody. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, host = hostname(), started = "" } = Object(JSON.parse(text)) as Partial<Holder>;
    if (!Number.isInteger(pid) || pid! <= 0 || typeof host !== "string") return undefined;
    return { pid: pid!, host, started: String(started) };
  } catch {
    return undefined;
  }
}

/** Whether the process still runs. `isOurs` decides where its number is our own and nothing says when it began. */
export function isAlive({ pid, host, started }: Holder, isOurs: boolean): boolean {
  // Of a process on another machine nothing can be known.
  if (host !== hostname()) return true;
  const now = startOf(pid);
  if (now !== "" && started !== "") return now === started;
  if (pid === process.pid) return isOurs;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export const renderHolder = ({ pid, host }: Holder): string =>
  `process ${pid}${host === hostname() ? "" : ` on ${host}`}`;

/** In ticks since the machine's start, with the boot's id. */
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
