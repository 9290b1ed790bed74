/** What a target received, as far as it can be read. */
export interface Delivered {
  /** The text as it came. */
  readonly body: string;
  /** The body as JSON, or `undefined` when it is none (a transformer may make anything). */
  readonly value: unknown;
  /** The watched rule that it came through, where there are several. */
  readonly mark: string | undefined;
  /** The fields of the envelope, when the body is a whole event. */
  readonly event: Envelope | undefined;
  /** The same for two deliveries of one event through one rule. */
  readonly key: string;
}

export interface Envelope {
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** Milliseconds since the epoch, or `undefined` when the text is no time. */
  readonly time: number | undefined;
  readonly detail: unknown;
}

/** A body that is no whole event is known by its message: EventBridge's id is not in it. */
export function parseBody(body: string, messageId: string, mark?: string): Delivered {
  const value = parse(body);
  const event = envelopeOf(value);
  const key = event === undefined ? `message ${messageId}` : eventKey(event.id, value);
  return { body, value, mark, event, key: mark === undefined ? key : `${key} ${mark}` };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function envelopeOf(value: unknown): Envelope | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { id, source, "detail-type": detailType, time, detail } = value as Record<string, unknown>;
  if (typeof id !== "string" || typeof source !== "string" || typeof detailType !== "string")
    return undefined;
  const ms = typeof time === "string" ? Date.parse(time) : Number.NaN;
  return { id, source, detailType, time: Number.isNaN(ms) ? undefined : ms, detail };
}

/** A replay delivers an event that may have been seen already, and is meant to be seen again. */
function eventKey(id: string, value: unknown): string {
  const replay = (value as Record<string, unknown>)["replay-name"];
  return typeof replay === "string" ? `event ${id} ${replay}` : `event ${id}`;
}
