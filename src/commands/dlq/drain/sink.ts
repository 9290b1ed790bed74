import { EvbError } from "../../../core/errors.ts";
import { IdSet } from "../../../core/redrive/id-set.ts";
import { restoreMessage, storeMessage } from "../../../core/redrive/journal.ts";
import type { Message } from "../../../core/redrive/message.ts";
import { openLock } from "../../../shell/file-lock.ts";
import { openJournalFile, readJournalLines } from "../../../shell/journal.ts";
import type { Lock } from "../../../shell/lock.ts";
import type { World } from "../../../shell/world.ts";
import type { OpenQueue } from "../queue.ts";

/** The file that messages are drained into. */
export interface Sink {
  /** Messages that it held when it was opened. */
  readonly before: number;
  /** Resolves once the messages are on the disk; one that is in the file already is not written twice. */
  write(messages: readonly Message[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file to add to it, for this run alone: lines that two runs write at once may run into one another, and their
 * messages are deleted. One that holds anything but messages of this queue is left alone.
 */
export async function openSink(world: World, path: string, queue: OpenQueue): Promise<Sink> {
  const lock = openLock(world, path);
  try {
    return await openFile(world, path, queue, lock);
  } catch (error) {
    lock.free();
    throw error;
  }
}

async function openFile(world: World, path: string, queue: OpenQueue, lock: Lock): Promise<Sink> {
  const known = await readKnown(world, path, queue);
  const before = known.size;
  const file = await openJournalFile(world, path);
  return {
    before,
    async write(messages) {
      const fresh = messages.filter(({ messageId }) => !known.has(messageId));
      if (fresh.length === 0) return;
      await file.append(fresh.map((message) => drainedLine(message, queue)));
      for (const { messageId } of fresh) known.add(messageId);
    },
    close: () => file.close().finally(() => lock.free()),
  };
}

/** One message, whole, as a line of a drained file. */
export const drainedLine = (message: Message, queue: OpenQueue): string =>
  JSON.stringify({ queue: queue.arn, ...storeMessage(message) });

async function readKnown(world: World, path: string, queue: OpenQueue): Promise<IdSet> {
  const known = new IdSet();
  for await (const { text, number } of readJournalLines(world, path)) {
    const line = parse(text);
    const message = restoreMessage(line);
    if (line === undefined && (text === "" || isTornOff(text, queue))) continue;
    if (message === undefined || (line as { queue?: unknown }).queue !== queue.arn)
      throw foreign(path, number, queue, line);
    known.add(message.messageId);
  }
  return known;
}

/** The beginning of a line of ours: a crash, or a full disk, has torn it. */
function isTornOff(text: string, { arn }: OpenQueue): boolean {
  const start = `{"queue":${JSON.stringify(arn)},"messageId":`;
  return text.startsWith(start) || start.startsWith(text);
}

function foreign(path: string, number: number, { arn }: OpenQueue, line: unknown): EvbError {
  const from = (line as { queue?: unknown } | undefined)?.queue;
  const what = typeof from === "string" ? `a message of ${from}, not of ${arn}` : "no drained message";
  return new EvbError("FILE_NOT_WRITTEN", `${path} exists, and line ${number} is ${what}`, [
    "name a new file with --to",
  ]);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
