import { IdMap } from "../../core/redrive/id-map.ts";

/** How long a message is held: milliseconds since the epoch. */
export interface HoldTimes {
  /** When it was received, and until when it stays invisible. */
  readonly since: number;
  readonly until: number;
  /** Seconds of the last extension. */
  readonly step: number;
}

/** A held message, by its place in the table. */
export interface Held extends HoldTimes {
  readonly slot: number;
}

const chunkSlots = 1024;
/** Room that a cell has beyond the first handle: those of one queue are about as long. */
const slack = 16;
/** Beside the length of a handle: it is kept letter by letter, being no base64. */
const letters = 0x8000;

interface Chunk {
  readonly handles: Buffer;
  readonly lengths: Uint16Array;
  readonly since: Float64Array;
  /** 0 where the slot is free. */
  readonly until: Float64Array;
  readonly steps: Uint16Array;
}

/**
 * Held messages, packed: a run may hold 120,000 of them, which as objects and texts would take 300 bytes each and
 * their receipt handles, of about 400 letters on AWS, besides. A handle is base64, and is kept as the bytes behind it.
 */
export class HoldTable {
  readonly #slots = new IdMap();
  readonly #chunks: Chunk[] = [];
  readonly #free: number[] = [];
  /** Handles that do not fit their cell. */
  readonly #long = new Map<number, string>();
  readonly #scratch = Buffer.alloc(2048);
  #cell = 0;
  #top = 0;

  get size(): number {
    return this.#slots.size;
  }

  has = (id: string): boolean => this.#slots.get(id) !== undefined;

  get(id: string): Held | undefined {
    const slot = this.#slots.get(id);
    return slot === undefined ? undefined : this.#at(slot);
  }

  set(id: string, handle: string, times: HoldTimes): void {
    const slot = this.#slots.get(id) ?? this.#free.pop() ?? this.#top++;
    this.#slots.set(id, slot);
    this.#keep(slot, handle);
    this.#setTimes(slot, times);
  }

  delete(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    this.#slots.delete(id);
    this.#long.delete(slot);
    this.#chunkOf(slot).until[slot % chunkSlots] = 0;
    this.#free.push(slot);
  }

  /** All that is held; what is added meanwhile may come too. */
  *all(): Generator<Held> {
    for (let slot = 0; slot < this.#top; slot++) {
      const held = this.#at(slot);
      if (held.until !== 0) yield held;
    }
  }

  handleAt(slot: number): string {
    const { handles, lengths } = this.#chunkOf(slot);
    const length = lengths[slot % chunkSlots]!;
    const from = (slot % chunkSlots) * this.#cell;
    return (
      this.#long.get(slot) ??
      handles.toString(length & letters ? "latin1" : "base64", from, from + (length & ~letters))
    );
  }

  /** Does nothing when the slot holds another message by now, or the same one received anew. */
  extend(slot: number, handle: string, until: number, step: number): void {
    const { since, until: before } = this.#at(slot);
    if (before !== 0 && this.handleAt(slot) === handle) this.#setTimes(slot, { since, until, step });
  }

  #at(slot: number): Held {
    const { since, until, steps } = this.#chunkOf(slot);
    const index = slot % chunkSlots;
    return { slot, since: since[index]!, until: until[index]!, step: steps[index]! };
  }

  #setTimes(slot: number, { since, until, step }: HoldTimes): void {
    const chunk = this.#chunkOf(slot);
    chunk.since[slot % chunkSlots] = since;
    chunk.until[slot % chunkSlots] = until;
    chunk.steps[slot % chunkSlots] = step;
  }

  /** Whatever does not come out of the cell as it went in is kept as it is. */
  #keep(slot: number, handle: string): void {
    const scratch = this.#scratch;
    let length = scratch.write(handle, "base64");
    let kept = scratch.toString("base64", 0, length);
    const isBase64 = kept === handle;
    if (!isBase64) {
      length = scratch.write(handle, "latin1");
      kept = scratch.toString("latin1", 0, length);
    }
    this.#cell ||= length + slack;
    const { handles, lengths } = this.#chunkOf(slot);
    lengths[slot % chunkSlots] = isBase64 ? length : length | letters;
    if (kept === handle && length <= this.#cell) {
      this.#long.delete(slot);
      scratch.copy(handles, (slot % chunkSlots) * this.#cell, 0, length);
    } else this.#long.set(slot, handle);
  }

  #chunkOf(slot: number): Chunk {
    this.#chunks[Math.floor(slot / chunkSlots)] ??= {
      handles: Buffer.alloc(chunkSlots * this.#cell),
      lengths: new Uint16Array(chunkSlots),
      since: new Float64Array(chunkSlots),
      until: new Float64Array(chunkSlots),
      steps: new Uint16Array(chunkSlots),
    };
    return this.#chunks[Math.floor(slot / chunkSlots)]!;
  }
}
