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
      /** Index and event id. */
      readonly events: readonly (readonly [number, string])[];
    }
  /** The answer said no: it has not arrived. Index and error code. */
  | {
      readonly entry: "refused";
      readonly at: string;
      readonly events: readonly (readonly [number, string])[];
    };

export type Began = Extract<JournalEntry, { readonly entry: "began" }>;

/** `doubtful`: it was being sent, and nothing says what came of it. */
export type EventState = "new" | "doubtful" | "refused" | "published";
const states: readonly EventState[] = ["new", "doubtful", "refused", "published"];

/** Where everything stands, by the lines read so far: nine bytes an event. */
export class JournalState {
  began: Began | undefined;
  /** The index after the last event that is known. */
  end = 0;
  published = 0;
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
    else for (const [index] of entry.events) this.#settle(index, entry.entry);
  }

  #begin(index: number, digest: number): void {
    while (index >= this.#states.length) this.#grow();
    this.end = Math.max(this.end, index + 1);
    this.#digests[index] = digest;
    if (this.stateOf(index) !== "published") this.#states[index] = states.indexOf("doubtful");
  }

  #settle(index: number, state: "published" | "refused"): void {
    // Its `sending` line is gone with a torn block of the disk: without a digest it is not known to be the same event.
    if (this.stateOf(index) === "new" || this.stateOf(index) === "published") return;
    this.#states[index] = states.indexOf(state);
    if (state === "published") this.published++;
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
