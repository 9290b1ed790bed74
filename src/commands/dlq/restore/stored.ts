import { EvbError } from "../../../core/errors.ts";
import { JournalState, parseJournalLine, restoreMessage } from "../../../core/redrive/journal.ts";
import type { Message } from "../../../core/redrive/message.ts";
import { isFile } from "../../../shell/files.ts";
import { readJournalLines } from "../../../shell/journal.ts";
import type { World } from "../../../shell/world.ts";

/** A file of whole messages. */
export interface Stored {
  /** Lines that a crash tore: their messages were never deleted. */
  readonly torn: number;
  readonly isJournal: boolean;
  /** Messages of a journal that have arrived, and of which a crash has left open whether they were deleted. */
  readonly unsure: number;
  /** The messages that are to be restored, as a stream, each once. */
  messages(): AsyncGenerator<Message>;
}

/**
 * Checks a drained file, or a redrive's journal, from its beginning to its end before anything is sent. Of a journal
 * only those messages count that were deleted from their queue: the others are still there.
 */
export async function openStored(world: World, path: string): Promise<Stored> {
  if (!(await isFile(world, path)))
    throw new EvbError("FILE_NOT_READ", `no such file: ${path}`, [
      "drain writes one: evb dlq drain QUEUE --to FILE",
    ]);
  const state = new JournalState();
  let torn = 0;
  let isJournal = false;
  for await (const { text, number } of readJournalLines(world, path)) {
    if (text === "") continue;
    const entry = parseJournalLine(text);
    if (entry !== undefined) {
      isJournal = true;
      state.add(entry);
      continue;
    }
    const line = parse(text);
    if (line === undefined && text.startsWith("{")) torn++;
    else if (restoreMessage(line) === undefined)
      throw new EvbError("BAD_JSON", `${path}:${number}: no drained message and no line of a journal`, [
        "a drained message has messageId, body, attributes and systemAttributes",
      ]);
  }
  return {
    torn,
    isJournal,
    unsure: state.acknowledged,
    async *messages() {
      for await (const { text } of readJournalLines(world, path)) {
        const message = restoreMessage(parse(text));
        if (message === undefined || (isJournal && !state.isDeleted(message.messageId))) continue;
        yield message;
      }
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
