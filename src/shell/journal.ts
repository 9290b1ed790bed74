import { type FileHandle, mkdir, open, rename, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Readable } from "node:stream";
import { constants, createGunzip, gzipSync } from "node:zlib";
import { EvbError } from "../core/errors.ts";
import { unwritable } from "./append.ts";
import { splitLines } from "./lines.ts";
import type { World } from "./world.ts";

/** A file of lines that is only ever added to. A line that was acknowledged is on the disk, not in a cache. */
export interface JournalFile {
  /** Absolute. */
  readonly path: string;
  /** Resolves once the lines are on the disk. What is asked for meanwhile is written and synced together. */
  append(lines: readonly string[]): Promise<void>;
  /** Resolves once the lines are written; they reach the disk with the next `append`, or on `close`. */
  note(lines: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a journal at its end, or makes it with its folder, readable by its owner alone. A last line that a crash tore
 * is closed off, so that it spoils no other; a `.gz` file, whose last part a crash may have torn, is mended first.
 * After a failed write every further one fails too: the disk may be full. With `demand` a folder that does not exist
 * is an error.
 */
export async function openJournalFile(
  world: World,
  path: string,
  folder: "make" | "demand" = "make",
): Promise<JournalFile> {
  const full = resolve(world.cwd, path);
  const zipped = path.endsWith(".gz");
  const file = await guarded(path, async () => {
    if (folder === "make") await mkdir(dirname(full), { recursive: true, mode: 0o700 });
    if (zipped) await mendGzip(world, full);
    const opened = await open(full, "a+", 0o600);
    if (!zipped) await closeTornLine(opened);
    return opened;
  });
  const writer = openWriter(file, path, zipped);
  return {
    path: full,
    append: (lines) => writer.write(lines, true),
    note: (lines) => writer.write(lines, false),
    close: async () => {
      try {
        if (!writer.failed()) await writer.write([], true);
      } finally {
        await file.close();
      }
    },
  };
}

/** A line, and its number from 1. */
export interface JournalLine {
  readonly text: string;
  readonly number: number;
}

/** The lines of a journal (`.gz` unpacked), none when there is no such file. A torn end of a `.gz` file is the end. */
export async function* readJournalLines(world: World, path: string): AsyncGenerator<JournalLine> {
  const file = await guardedRead(path, () => openIfThere(resolve(world.cwd, path)));
  if (file === undefined) return;
  const decoder = new TextDecoder();
  const bytes = file.createReadStream({ highWaterMark: 1 << 18 });
  try {
    for await (const line of splitLines(path.endsWith(".gz") ? unpack(bytes) : bytes))
      yield { text: decoder.decode(line.bytes), number: line.number };
  } catch (error) {
    throw unreadable(error, path);
  }
}

/**
 * Everything up to the torn end. A gunzip that finds its input cut off ends with an error and throws away what it has
 * unpacked and nobody has read yet; told to flush at the end, it gives all of it.
 */
async function* unpack(bytes: Readable): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  bytes.on("error", (error) => gunzip.destroy(error));
  yield* bytes.pipe(gunzip) as AsyncIterable<Uint8Array>;
}

/** Writes a `.gz` file anew when its last part is torn, because nothing can be read that is appended to such a part. */
async function mendGzip(world: World, path: string): Promise<void> {
  if (!(await isTornGzip(path))) return;
  const mended = `${path}.mended.gz`;
  const file = await open(mended, "w", 0o600);
  try {
    for await (const { text } of readJournalLines(world, path))
      if (isWhole(text)) await file.appendFile(gzipSync(`${text}\n`));
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(mended, path);
}

async function isTornGzip(path: string): Promise<boolean> {
  const file = await openIfThere(path);
  if (file === undefined) return false;
  if ((await file.stat()).size === 0) {
    await file.close();
    return false;
  }
  const gunzip = createGunzip();
  try {
    for await (const _ of file.createReadStream({ highWaterMark: 1 << 18 }).pipe(gunzip)) {
      // Only whether it can be read to its end.
    }
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "Z_BUF_ERROR") return true;
    throw unreadable(error, path);
  }
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** What is no ordinary file has no lines to read back, and a device might have no end. */
async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    if (!(await stat(path)).isFile()) return undefined;
    return await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function closeTornLine(file: FileHandle): Promise<void> {
  const stat = await file.stat();
  if (!stat.isFile() || stat.size === 0) return;
  const last = Buffer.alloc(1);
  await file.read(last, 0, 1, stat.size - 1);
  if (last[0] !== 0x0a) await file.appendFile("\n");
}

/** Group commit: while one write is under way the next ones gather. */
function openWriter(file: FileHandle, path: string, zipped: boolean) {
  interface Waiting {
    readonly text: string;
    readonly durable: boolean;
    readonly done: () => void;
    readonly fail: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running = false;
  let failure: unknown;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (failure !== undefined) throw failure;
        const text = batch.map((one) => one.text).join("");
        if (text !== "") await file.appendFile(zipped ? gzipSync(text) : text, "utf8");
        if (batch.some((one) => one.durable)) await file.datasync();
        for (const one of batch) one.done();
      } catch (error) {
        failure ??= unwritable(error as NodeJS.ErrnoException, path);
        for (const one of batch) one.fail(failure);
      }
    }
    running = false;
  }

  return {
    failed: () => failure !== undefined,
    write: (lines: readonly string[], durable: boolean) =>
      new Promise<void>((done, fail) => {
        waiting.push({ text: lines.map((line) => `${line}\n`).join(""), durable, done, fail });
        if (!running) void run();
      }),
  };
}

async function guarded<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw unwritable(error as NodeJS.ErrnoException, path);
  }
}

async function guardedRead<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw unreadable(error, path);
  }
}

function unreadable(error: unknown, path: string): EvbError {
  const { message, code } = error as NodeJS.ErrnoException;
  const reason = code?.startsWith("Z_") ? `it is no valid gzip file (${message})` : message;
  return new EvbError("FILE_NOT_READ", `${path} cannot be read: ${reason}`, [], error);
}
