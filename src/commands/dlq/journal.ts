import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { EvbError } from "../../core/errors.ts";
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
import { longestHoldMs } from "./holds.ts";
import type { OpenQueue } from "./queue.ts";

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** An entry without its time. */
export type NewEntry = Without<JournalEntry, "at">;

/** Whose journal a file is: one verb's, of one queue. */
export interface JournalOwner {
  readonly verb: "redrive" | "restore";
  readonly queue: OpenQueue;
}

/** What has happened to messages, on the disk and in memory. */
export class Journal {
  readonly path: string;
  readonly state: JournalState;
  /** When the run before this one wrote its last line, in milliseconds since the epoch; 0 when there was none. */
  readonly openedAfter: number;
  /** When a run before this one was cut off, where what it held may still be invisible. */
  readonly cutOffAt: number | undefined;
  readonly #file: JournalFile;
  readonly #lock: Lock;
  readonly #clock: Clock;
  readonly #owner: JournalOwner;

  constructor(file: JournalFile, lock: Lock, state: JournalState, clock: Clock, owner: JournalOwner) {
    this.path = file.path;
    this.state = state;
    const now = clock.now();
    // A clock that has been set back must not be waited for.
    this.openedAfter = Math.min(state.lastAt ?? 0, now);
    const cutOffAt = state.cutOffAt === undefined ? undefined : Math.min(state.cutOffAt, now);
    this.cutOffAt = cutOffAt !== undefined && now - cutOffAt < longestHoldMs ? cutOffAt : undefined;
    this.#file = file;
    this.#lock = lock;
    this.#clock = clock;
    this.#owner = owner;
  }

  async begin(to: string): Promise<void> {
    const { verb, queue } = this.#owner;
    await this.append([{ entry: "began", version: 1, verb, queue: queue.arn, to }]);
  }

  /** Nothing is held any more. Without this line the next run only waits for what it may find invisible. */
  async end(isSettled = true): Promise<void> {
    await this.note([{ entry: "ended", ...(isSettled ? {} : { unseen: true }) }]).catch(() => {});
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
export async function openJournal(world: World, path: string, owner: JournalOwner): Promise<Journal> {
  const lock = openLock(world, path);
  try {
    const state = await readJournal(world, path, owner);
    return new Journal(await openJournalFile(world, path), lock, state, world.clock, owner);
  } catch (error) {
    lock.free();
    throw error;
  }
}

/** Where a journal stands, without touching it. A file that is no journal, or somebody else's, is left alone. */
export async function readJournal(world: World, path: string, owner: JournalOwner): Promise<JournalState> {
  const state = new JournalState();
  for await (const { text, number } of readJournalLines(world, path)) {
    const entry = parseJournalLine(text);
    if (entry === undefined && !isTornOff(text)) throw foreign(path, `line ${number} is none of a journal's`);
    if (entry?.entry === "began") checkOwner(path, entry, owner);
    if (entry !== undefined) state.add(entry);
  }
  return state;
}

function checkOwner(path: string, began: Extract<JournalEntry, { entry: "began" }>, owner: JournalOwner) {
  const { verb = owner.verb, queue } = began;
  if (verb === owner.verb && queue === owner.queue.arn) return;
  const whose = (verb: JournalOwner["verb"], queue: string) =>
    `of a ${verb} ${verb === "redrive" ? "of" : "into"} ${queue}`;
  throw foreign(path, `it is the journal ${whose(verb, queue)}, not ${whose(owner.verb, owner.queue.arn)}`);
}

/** The beginning of a line of a journal, or the zeros that some file systems leave after a power cut. */
function isTornOff(text: string): boolean {
  const start = '{"entry":"';
  const rest = text.replace(/^\0+/, "");
  return rest.startsWith(start) || start.startsWith(rest);
}

const foreign = (path: string, what: string): EvbError =>
  new EvbError("FILE_NOT_WRITTEN", `${path} exists, and ${what}`, ["name a new file with --journal"]);

/**
 * Where a verb keeps a queue's journal unless it is told otherwise: the user's state directory, by the XDG rules. One
 * a queue and not one a command, so that what one command has delivered no other one sends again.
 */
export function journalPath(world: World, verb: string, { account, region, name }: OpenQueue): string {
  const { env, home } = world;
  const base = env.XDG_STATE_HOME || env.LOCALAPPDATA || join(home, ".local", "state");
  return join(base, "evb", verb, `${account}-${region}-${name}.ndjson`);
}
