import { existsSync, mkdirSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { EvbError } from "../../core/errors.ts";
import { renderHolder } from "../../shell/holder.ts";
import { type Lock, takeLock } from "../../shell/lock.ts";
import type { Loaded } from "./read.ts";
import { readState } from "./read.ts";

/** A directory of state that is this process's, and what was in it. */
export interface Place {
  readonly lock: Lock;
  /** `undefined` when it is new. */
  readonly loaded: Loaded | undefined;
  /** Path of the file that is now the newest; the next one has the number after it. */
  readonly newest: string | undefined;
  readonly number: number;
}

export const stateFileName = (number: number): string => `state-${String(number).padStart(6, "0")}.log`;

/** Takes a directory and reads the newest file of state in it. Throws when another process has it or it is damaged. */
export function openPlace(directory: string, home: { region: string; account: string }): Place {
  const lock = guarded(directory, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return takeLock(resolve(directory, "lock"));
  });
  if ("pid" in lock)
    throw new EvbError("LOCAL_FAILED", `${directory} is in use by ${renderHolder(lock)}`, [
      "one emulator at a time keeps its state in a directory: end that one, or name another with --data",
      `if no such process is left, remove ${join(directory, "lock")}`,
    ]);
  try {
    return { lock, ...readNewest(directory, home) };
  } catch (error) {
    lock.free();
    throw error;
  }
}

function readNewest(directory: string, home: { region: string; account: string }) {
  const names = readdirSync(directory);
  for (const name of names) if (/^state-\d{6,}\.log\.new$/.test(name)) unlinkSync(join(directory, name));
  const numbers = names
    .map((name) => Number(/^state-(\d{6,})\.log$/.exec(name)?.[1] ?? Number.NaN))
    .filter((number) => !Number.isNaN(number))
    .sort((a, b) => a - b);
  const number = numbers.at(-1);
  if (number === undefined) return { loaded: undefined, newest: undefined, number: 0 };
  const newest = join(directory, stateFileName(number));
  const loaded = guarded(newest, () => readState(newest));
  demandHome(newest, loaded, home);
  // A new file is complete before an old one goes, so what is older is of no more use.
  for (const old of numbers.slice(0, -1)) unlinkSync(join(directory, stateFileName(old)));
  return { loaded, newest, number };
}

/** ARNs name region and account, so state is of use there only. */
function demandHome(path: string, { header }: Loaded, home: { region: string; account: string }): void {
  if (header.region !== home.region)
    throw new EvbError(
      "FILE_NOT_READ",
      `${path} holds the state of region ${header.region}, not ${home.region}`,
      [`start with --region ${header.region}, or name another directory with --data`],
    );
  if (header.account !== home.account)
    throw new EvbError(
      "FILE_NOT_READ",
      `${path} holds the state of account ${header.account}, not ${home.account}`,
      ["name another directory with --data"],
    );
}

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof EvbError || code === undefined) throw error;
    const isFile = existsSync(path) && !statSync(path).isDirectory();
    throw new EvbError(
      "FILE_NOT_WRITTEN",
      code === "EEXIST" || code === "ENOTDIR"
        ? `${path} is ${isFile ? "a file" : "no directory"}`
        : `${path} cannot be used: ${code}`,
      ["--data wants a directory that can be written to; it is made when it is not there"],
      error,
    );
  }
}
