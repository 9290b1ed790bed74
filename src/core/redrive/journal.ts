import { IdMap } from "./id-map.ts";
import { IdSet } from "./id-set.ts";
import type { Message, MessageAttribute } from "./message.ts";
import { RedriveCounts } from "./redrive-counts.ts";

/**
 * The journal of a run: one JSON object a line, only ever appended to. The order of a message's lines is the promise:
 * `message` and `sending` are on disk before it is sent, `acknowledged` before it is deleted.
 */
export type JournalEntry =
  | {
      readonly entry: "began";
      readonly at: string;
      readonly version: 1;
      /** What a restore has delivered a redrive must not take for its own. */
      readonly verb?: "redrive" | "restore";
      readonly queue: string;
      readonly to: string;
    }
  /** Whatever the run held it has given back. `unseen`: what an earlier one had left invisible it has not waited for. */
  | { readonly entry: "ended"; readonly at: string; readonly unseen?: true }
  | ({ readonly entry: "message"; readonly at: string } & StoredMessage)
  | {
      readonly entry: "sending";
      readonly at: string;
      readonly messageId: string;
      readonly destination: string;
      /** Sent along where the destination knows such a thing, and again in another try. */
      readonly deduplicationId?: string | undefined;
    }
  | {
      readonly entry: "acknowledged";
      readonly at: string;
      readonly messageId: string;
      /** The id that the destination gave it. */
      readonly id: string;
      /** Of the content, to know it when it comes back; and how often it has been redriven by now. */
      readonly fingerprint?: number | undefined;
      readonly redrives?: number | undefined;
      /** EventBridge was asked to deliver it, and all that is known is that no failure came back for so long. */
      readonly watchedMs?: number | undefined;
    }
  | { readonly entry: "refused"; readonly at: string; readonly messageId: string; readonly reason: string }
  | { readonly entry: "deleted"; readonly at: string; readonly messageId: string };

/** A message as JSON holds it: bytes are base64. */
export interface StoredMessage {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, StoredAttribute>>;
  readonly systemAttributes: Readonly<Record<string, string>>;
}

interface StoredAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

export const storeMessage = ({ messageId, body, attributes, system }: Message): StoredMessage => ({
  messageId,
  body,
  attributes: mapValues(attributes, ({ BinaryValue, ...rest }) =>
    BinaryValue === undefined ? rest : { ...rest, BinaryValue: toBase64(BinaryValue) },
  ),
  systemAttributes: system,
});

/** The message that a line of a journal or of a drained file holds; undefined for any other line. */
export function restoreMessage(line: unknown): Message | undefined {
  const stored = line as Partial<StoredMessage> | null;
  if (typeof stored !== "object" || stored === null) return undefined;
  const { messageId, body, attributes = {}, systemAttributes = {} } = stored;
  if (typeof messageId !== "string" || typeof body !== "string") return undefined;
  return {
    messageId,
    body,
    attributes: mapValues(
      attributes,
      ({ BinaryValue, ...rest }): MessageAttribute =>
        BinaryValue === undefined ? rest : { ...rest, BinaryValue: fromBase64(BinaryValue) },
    ),
    system: systemAttributes,
  };
}

/** What a journal says of a message that is not done with. */
export type Outstanding = Sending | { readonly state: "acknowledged" };

interface Sending {
  readonly state: "sending";
  readonly destination: string;
  readonly deduplicationId?: string | undefined;
  /** The last try, and the first one under this id: milliseconds since the epoch. */
  readonly at: number;
  readonly firstAt: number;
}

/** Where everything stands, by the lines read so far. */
export class JournalState {
  readonly #sending = new Map<string, Sending>();
  /** Of a restore these are all messages: nothing is deleted. */
  readonly #acknowledged = new IdMap();
  /** Messages that are in the journal whole. */
  readonly #kept = new IdSet();
  readonly #deleted = new IdSet();
  readonly #redrives = new RedriveCounts();
  /** When the last line was written, in milliseconds since the epoch. */
  lastAt: number | undefined;
  /** A run has begun and not ended: it goes on, or a crash has cut it off. */
  #isOpen = false;
  #cutOffAt: number | undefined;

  /** When a run last wrote that has not ended, unless a later one has looked for all that it held. */
  get cutOffAt(): number | undefined {
    return this.#isOpen ? this.lastAt : this.#cutOffAt;
  }

  /** Messages that are not done with. */
  *outstanding(): Generator<string> {
    yield* this.#sending.keys();
    yield* this.#acknowledged.ids();
  }

  /** How many of them have arrived. */
  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  /** Where a message stands that is not done with. */
  standOf(messageId: string): Outstanding | undefined {
    if (this.#acknowledged.get(messageId) !== undefined) return { state: "acknowledged" };
    return this.#sending.get(messageId);
  }

  keeps = (messageId: string): boolean => this.#kept.has(messageId);
  isDeleted = (messageId: string): boolean => this.#deleted.has(messageId);

  /** How often content with this fingerprint was redriven before it came into the queue (again) at `sentAt`. */
  redrivesOf(fingerprint: number, sentAt: number | undefined): number {
    const known = this.#redrives.get(fingerprint);
    // An equal message that lay in the queue all the time is a twin, not one that has come back.
    return known !== undefined && (sentAt === undefined || sentAt >= known.at) ? known.count : 0;
  }

  /** The same, counting only what was sent since `since`: it has failed again while the run goes on. */
  hasComeBack(fingerprint: number, sentAt: number | undefined, since: number): boolean {
    const known = this.#redrives.get(fingerprint);
    return known !== undefined && known.at >= since && this.redrivesOf(fingerprint, sentAt) > 0;
  }

  add(entry: JournalEntry): void {
    if (entry.entry === "began") this.#cutOffAt = this.cutOffAt;
    if (entry.entry === "ended" && entry.unseen !== true) this.#cutOffAt = undefined;
    this.lastAt = Date.parse(entry.at);
    if (entry.entry === "began" || entry.entry === "ended") {
      this.#isOpen = entry.entry === "began";
      return;
    }
    const id = entry.messageId;
    if (entry.entry === "message") this.#kept.add(id);
    else if (entry.entry === "sending") {
      this.#sending.set(id, this.#sendingOf(entry));
      this.#acknowledged.delete(id);
    } else if (entry.entry === "acknowledged") {
      // What fails again may be back before its acknowledgement is written down.
      const at = this.#sending.get(id)?.at ?? this.lastAt;
      this.#sending.delete(id);
      this.#acknowledged.set(id, 0);
      const { fingerprint, redrives = 1 } = entry;
      if (fingerprint !== undefined) this.#redrives.set(fingerprint, { count: redrives, at });
    } else {
      this.#sending.delete(id);
      this.#acknowledged.delete(id);
      if (entry.entry === "deleted") this.#deleted.add(id);
    }
  }

  /** A destination counts from the first try that it took, which may have been the earliest. */
  #sendingOf({ messageId, destination, deduplicationId }: Extract<JournalEntry, { entry: "sending" }>) {
    const before = this.#sending.get(messageId);
    const same = deduplicationId !== undefined && before?.deduplicationId === deduplicationId;
    const at = this.lastAt!;
    const firstAt = same ? before.firstAt : at;
    return { state: "sending", destination, deduplicationId, at, firstAt } as const;
  }
}

const entryNames = new Set(["began", "ended", "message", "sending", "acknowledged", "refused", "deleted"]);

/** A line of a journal; undefined for one that was torn by a crash or a full disk, or is damaged. */
export function parseJournalLine(line: string): JournalEntry | undefined {
  try {
    const value = JSON.parse(line) as JournalEntry | null;
    return value !== null && typeof value === "object" && isSound(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it has what every line of its kind has: a wrong time or fingerprint would be waited for or sought for ever. */
function isSound(value: JournalEntry): boolean {
  if (!entryNames.has(value.entry) || Number.isNaN(Date.parse(value.at))) return false;
  if (value.entry === "began" || value.entry === "ended") return true;
  if (typeof value.messageId !== "string") return false;
  return value.entry !== "acknowledged" || [value.fingerprint, value.redrives].every(isCount);
}

const isCount = (value: unknown): boolean =>
  value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0);

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
