import type { Clock } from "../../core/clock.ts";
import { EvbError } from "../../core/errors.ts";
import { isPublished, type JournalEntry, JournalState, parseJournalLine } from "../../core/event/journal.ts";
import { openLock } from "../../shell/file-lock.ts";
import { type JournalFile, openJournalFile, readJournalLines } from "../../shell/journal.ts";
import type { Lock } from "../../shell/lock.ts";
import type { World } from "../../shell/world.ts";
import type { GoodItem, Item } from "./items.ts";
import type { Made } from "./made.ts";
import type { Outcome } from "./send.ts";

/** What has been published, on the disk. */
export class Journal implements AsyncDisposable {
  readonly path: string;
  /** For all random values of the run. */
  readonly seed: number;
  /** Of the events that were read so far, those that an earlier run has published. */
  passedOver = 0;
  /** Of these, those that may have arrived twice. */
  passedOverTwice = 0;
  readonly #state: JournalState;
  readonly #clock: Clock;
  /** None in a dry run. */
  readonly #file: JournalFile | undefined;
  readonly #lock: Lock | undefined;

  constructor(
    path: string,
    seed: number,
    state: JournalState,
    clock: Clock,
    opened?: { readonly file: JournalFile; readonly lock: Lock },
  ) {
    this.path = path;
    this.seed = seed;
    this.#state = state;
    this.#clock = clock;
    this.#file = opened?.file;
    this.#lock = opened?.lock;
  }

  /** Refuses what would make other events than those the journal was begun with, or send them elsewhere. */
  demandSame(made: Made): void {
    const before = this.#state.began?.made;
    if (before === undefined) return;
    const names = new Set([...Object.keys(before), ...Object.keys(made)]);
    const other = [...names].filter((name) => before[name] !== made[name]);
    if (other.length === 0) return;
    throw new EvbError("BAD_USAGE", `${this.path} was begun with another ${other.join(" and another ")}`, [
      "give the same command again, or name another journal",
    ]);
  }

  /** What is still to be sent. An input that is not the one it was ends with a broken event that says so. */
  async *rest(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
    let next = 0;
    for await (const item of items) {
      const { index } = item;
      next = index + 1;
      const known = this.#state.digestOf(index);
      if (known !== undefined && known !== item.digest) {
        const faults = [`is not the event that ${this.path} has in this place (event ${index + 1})`];
        return yield { index, place: item.place, faults, isOther: true };
      }
      const state = this.#state.stateOf(index);
      if (isPublished(state)) {
        this.passedOver++;
        if (state !== "published") this.passedOverTwice++;
      } else yield state === "doubtful" && !("faults" in item) ? { ...item, isDoubtful: true } : item;
    }
    const { end } = this.#state;
    if (next >= end) return;
    const faults = [`the input has ${next} events, and ${this.path} knows ${end} of it`];
    yield { index: next, place: "the end of the input", faults, isOther: true };
  }

  /** Resolves once it is on the disk what this run begins with. */
  async begin(made: Made): Promise<void> {
    if (this.#state.began !== undefined) return;
    await this.#file?.append([this.#line({ entry: "began", version: 1, seed: this.seed, made })]);
  }

  /** Resolves once it is written, not yet synced: what the machine forgets in a power cut is sent, and not told, twice. */
  async sending(items: readonly GoodItem[]): Promise<void> {
    const events = items.map(({ index, digest }) => [index, digest ?? 0] as const);
    await this.#file?.note([this.#line({ entry: "sending", events })]);
  }

  /** Resolves once it is on the disk what came of them. What got no answer stays as it is. */
  async settled(outcomes: readonly Outcome[]): Promise<void> {
    const published: Pair[] = [];
    const refused: Pair[] = [];
    for (const outcome of outcomes) {
      const { index } = outcome.item;
      if (outcome.status === "published")
        published.push(outcome.maybeTwice ? [index, outcome.eventId, true] : [index, outcome.eventId]);
      else if (outcome.status === "failed") refused.push([index, outcome.code]);
    }
    const lines = [...this.#list("published", published), ...this.#list("refused", refused)];
    if (lines.length > 0) await this.#file?.append(lines);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.#file?.close();
    } finally {
      this.#lock?.free();
    }
  }

  #list(entry: "published" | "refused", events: readonly Pair[]): string[] {
    return events.length > 0 ? [this.#line({ entry, events } as Unstamped)] : [];
  }

  #line(entry: Unstamped): string {
    const { entry: kind, ...rest } = entry;
    return JSON.stringify({ entry: kind, at: new Date(this.#clock.now()).toISOString(), ...rest });
  }
}

type Pair = readonly [index: number, idOrCode: string, maybeTwice?: true];
type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
type Unstamped = Without<JournalEntry, "at">;

/** Opens a journal for this run alone and reads what earlier runs have left in it; `readOnly` leaves no trace. */
export async function openJournal(
  world: World,
  path: string,
  { seed, readOnly }: { readonly seed: number | undefined; readonly readOnly: boolean },
): Promise<Journal> {
  const lock = readOnly ? undefined : openLock(world, path);
  try {
    const state = await readState(world, path);
    const chosen = seed ?? state.began?.seed ?? Math.floor(world.random() * 2 ** 48);
    if (lock === undefined) return new Journal(path, chosen, state, world.clock);
    const file = await openJournalFile(world, path);
    return new Journal(path, chosen, state, world.clock, { file, lock });
  } catch (error) {
    lock?.free();
    throw error;
  }
}

async function readState(world: World, path: string): Promise<JournalState> {
  const state = new JournalState();
  for await (const { text, number } of readJournalLines(world, path)) {
    const entry = parseJournalLine(text);
    if (entry !== undefined) state.add(entry);
    // A crash tears lines of a journal; whatever else stands there is somebody's file.
    if (state.began === undefined && !isTornBegin(text)) throw foreign(path, number);
  }
  return state;
}

const isTornBegin = (text: string): boolean => {
  const begin = '{"entry":"began"';
  return text.startsWith(begin) || begin.startsWith(text);
};

const foreign = (path: string, line: number) =>
  new EvbError("BAD_USAGE", `${path}:${line}: this is no journal of put`, [
    "name a file that does not exist yet, or the journal of an earlier run",
  ]);
