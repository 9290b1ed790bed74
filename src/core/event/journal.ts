/**
 * The journal of a run of `put`: one JSON object a line, only ever appended to. The order of an event's lines is the
 * promise: `sending` is written before the call, `published` is on the disk before it is told. No event's content is
 * kept, only digests of what was read.
 */
export type JournalEntry =
  | {
      readonly entry: "began";
      readonly at: string;
      readonly version: 1;
      /** What all random values are made from, so that going on makes the same ones. */
      readonly seed: number;
      /** A digest of each thing that the events are made with, by what a user calls it. */
      readonly made: Readonly<Record<string, string>>;
    }
  | {
      readonly entry: "sending";
      readonly at: string;
      readonly events: readonly (readonly [number, number])[];
    }
  | {
      readonly entry: "published";
      readonly at: string;
      /** Index, event id, and whether an earlier try may have arrived too. */
      readonly events: readonly (readonly [number, string, true?])[];
    }
  /** The answer said no: it has not arrived. Index and error code. */
  | {
      readonly entry: "refused";
      readonly at: string;
      readonly events: readonly (readonly [number, string])[];
    };

export type Began = Extract<JournalEntry, { readonly entry: "began" }>;

/** `doubtful`: it was being sent, and nothing says what came of it. */
export type EventState = "new" | "doubtful" | "refused" | "published" | "published, maybe twice";
const states: readonly EventState[] = ["new", "doubtful", "refused", "published", "published, maybe twice"];

export const isPublished = (state: EventState): boolean => state.startsWith("published");

/** Where everything stands, by the lines read so far: nine bytes an event. */
export class JournalState {
  began: Began | undefined;
  /** The index after the last event that is known. */
  end = 0;
  #digests = new Float64Array(1024);
  #states = new Uint8Array(1024);

  stateOf = (index: number): EventState => states[this.#states[index] ?? 0]!;

  /** Of the event as it was read; undefined for one that was never sent. */
  digestOf(index: number): number | undefined {
    return this.#states[index] ? this.#digests[index] : undefined;
  }

  add(entry: JournalEntry): void {
    if (entry.entry === "began") this.began ??= entry;
    else if (entry.entry === "sending")
      for (const [index, digest] of entry.events) this.#begin(index, digest);
    else if (entry.entry === "refused") for (const [index] of entry.events) this.#settle(index, "refused");
    else
      for (const [index, , twice] of entry.events)
        this.#settle(index, twice ? "published, maybe twice" : "published");
  }

  #begin(index: number, digest: number): void {
    while (index >= this.#states.length) this.#grow();
    this.end = Math.max(this.end, index + 1);
    this.#digests[index] = digest;
    this.#settle(index, "doubtful", true);
  }

  #settle(index: number, state: EventState, mayBeNew = false): void {
    const before = this.stateOf(index);
    // Its `sending` line is gone with a torn block of the disk: without a digest it is not known to be the same event.
    if ((before === "new" && !mayBeNew) || isPublished(before)) return;
    this.#states[index] = states.indexOf(state);
  }

  #grow(): void {
    const digests = new Float64Array(this.#digests.length * 2);
    digests.set(this.#digests);
    this.#digests = digests;
    const grown = new Uint8Array(digests.length);
    grown.set(this.#states);
    this.#states = grown;
  }
}

const lists: Readonly<Record<string, string>> = { sending: "number", published: "string", refused: "string" };

/** A line of a journal; undefined for one that was torn by a crash or a full disk, and for anything else. */
export function parseJournalLine(line: string): JournalEntry | undefined {
  try {
    const value = JSON.parse(line) as Readonly<Record<string, unknown>> | null;
    return isEntry(value) ? (value as unknown as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: Readonly<Record<string, unknown>> | null): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value.entry === "began")
    return value.version === 1 && Number.isSafeInteger(value.seed) && typeof value.made === "object";
  const second = lists[String(value.entry)];
  return (
    second !== undefined &&
    Array.isArray(value.events) &&
    value.events.every(
      (pair) =>
        Array.isArray(pair) && Number.isSafeInteger(pair[0]) && pair[0] >= 0 && typeof pair[1] === second,
    )
  );
}
