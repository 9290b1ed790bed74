import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { EvbError } from "../core/errors.ts";
import type { World } from "./world.ts";

/** A file that lines are added to. */
export interface Appender {
  /** Resolves once the system has the line; text (or its bytes) without its line end. */
  write(line: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

const lineEnd = Buffer.from("\n");

/**
 * Opens a file at its end (with `w` as a new one), or makes it, readable by its owner alone: events may hold anything.
 * Errors name the file.
 */
export async function openAppender(world: World, path: string, mode: "a" | "w" = "a"): Promise<Appender> {
  const file = await guarded(path, () => open(resolve(world.cwd, path), mode, 0o600));
  return {
    write: (line) => guarded(path, () => file.appendFile(Buffer.concat([Buffer.from(line), lineEnd]))),
    close: () => guarded(path, () => file.close()),
  };
}

async function guarded<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw unwritable(error as NodeJS.ErrnoException, path);
  }
}

export function unwritable(error: NodeJS.ErrnoException, path: string): EvbError {
  const reasons: Record<string, string> = {
    ENOENT: "its folder does not exist",
    ENOTDIR: "its folder is a file",
    // What making a folder says of a file in its place.
    EEXIST: "its folder is a file",
    EISDIR: "it is a directory",
    EACCES: "its permissions do not allow it",
    EROFS: "the file system is read-only",
    ENOSPC: "the disk is full",
  };
  const reason = reasons[error.code ?? ""] ?? error.message;
  return new EvbError("FILE_NOT_WRITTEN", `${path} cannot be written: ${reason}`, [], error);
}
