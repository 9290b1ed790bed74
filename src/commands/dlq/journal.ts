import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import {
  type JournalEntry,
  JournalState,
  parseJournalLine,
  storeMessage,
} from "../../core/redrive/journal.ts";
import type { Message } from "../../core/redrive/message.ts";
import { openLock } from "../../shell/file-lock.ts";
import { type JournalFile, openJournalFile, readJournalLines } from "../../shell/journal.ts";
import type { Lock } from "../../shell/lock.ts";
import type { World } from "../../shell/world.ts";
import type { OpenQueue } from "./queue.ts";

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** An entry without its time. */
export type NewEntry = Without<JournalEntry, "at">;

/** What has happened to messages, on the disk and in memory. */
export class Journal {
  readonly path: string;
  readonly state: JournalState;
  /** When the run before this one wrote its last line, in milliseconds since the epoch; 0 when there was none. */
  readonly openedAfter: number;
  readonly #file: JournalFile;
  readonly #lock: Lock;
  readonly #clock: Clock;

  constructor(file: JournalFile, lock: Lock, state: JournalState, clock: Clock) {
    this.path = file.path;
    this.state = state;
    this.openedAfter = state.lastAt ?? 0;
    this.#file = file;
    this.#lock = lock;
    this.#clock = clock;
  }

  /** Resolves once the entries are on the disk. */
  async append(entries: readonly NewEntry[]): Promise<void> {
    if (entries.length > 0) await this.#write(entries, (lines) => this.#file.append(lines));
  }

  /** For what costs nothing to lose in a crash. */
  async note(entries: readonly NewEntry[]): Promise<void> {
    if (entries.length > 0) await this.#write(entries, (lines) => this.#file.note(lines));
  }

  /** The message itself, unless the journal has it from an earlier try. */
  copyOf(message: Message): NewEntry[] {
    return this.state.keeps(message.messageId) ? [] : [{ entry: "message", ...storeMessage(message) }];
  }

  async close(): Promise<void> {
    try {
      await this.#file.close();
    } finally {
      this.#lock.free();
    }
  }

  async #write(entries: readonly NewEntry[], write: (lines: string[]) => Promise<void>): Promise<void> {
    const at = new Date(this.#clock.now()).toISOString();
    const stamped = entries.map(({ entry, ...rest }) => ({ entry, at, ...rest }) as JournalEntry);
    await write(stamped.map((entry) => JSON.stringify(entry)));
    for (const entry of stamped) this.state.add(entry);
  }
}

/**
 * Opens a journal for this run alone and reads what earlier runs have left in it: what another run delivers meanwhile
 * this one would not know of, and might deliver again.
 */
export async function openJournal(world: World, path: string): Promise<Journal> {
  const lock = openLock(world, path);
  try {
    const state = await readJournal(world, path);
    return new Journal(await openJournalFile(world, path), lock, state, world.clock);
  } catch (error) {
    lock.free();
    throw error;
  }
}

/** Where a journal stands, without touching it. */
export async function readJournal(world: World, path: string): Promise<JournalState> {
  const state = new JournalState();
  for await (const { text } of readJournalLines(world, path)) {
    const entry = parseJournalLine(text);
    if (entry !== undefined) state.add(entry);
  }
  return state;
}

/**
 * Where a verb keeps a queue's journal unless it is told otherwise: the user's state directory, by the XDG rules. One
 * a queue and not one a command, so that what one command has delivered no other one sends again.
 */
export function journalPath(world: World, verb: string, { account, region, name }: OpenQueue): string {
  const { env, home } = world;
  const base = env.XDG_STATE_HOME || env.LOCALAPPDATA || join(home, ".local", "state");
  return join(base, "evb", verb, `${account}-${region}-${name}.ndjson`);
}
