import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
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
 * is closed off, so that it spoils no other. After a failed write every further one fails too: the disk may be full.
 */
export async function openJournalFile(world: World, path: string): Promise<JournalFile> {
  const full = resolve(world.cwd, path);
  const file = await guarded(path, async () => {
    await mkdir(dirname(full), { recursive: true, mode: 0o700 });
    const opened = await open(full, "a+", 0o600);
    await closeTornLine(opened);
    return opened;
  });
  const writer = openWriter(file, path);
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

/** The lines of a journal, none when there is no such file. */
export async function* readJournalLines(world: World, path: string): AsyncGenerator<string> {
  const file = await openIfThere(resolve(world.cwd, path));
  if (file === undefined) return;
  const decoder = new TextDecoder();
  for await (const { bytes } of splitLines(file.createReadStream({ highWaterMark: 1 << 18 })))
    yield decoder.decode(bytes);
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
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
function openWriter(file: FileHandle, path: string) {
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
        if (text !== "") await file.appendFile(text, "utf8");
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
