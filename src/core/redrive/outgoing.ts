import { type Checked, checkDraft } from "../event/check.ts";
import { sliceField } from "../event/exact.ts";
import type { QueueFact } from "./facts.ts";
import type { DeadLetter } from "./letter.ts";
import { type Message, type MessageAttribute, messageBytes, sentAt } from "./message.ts";
import { isFifo } from "./queue-ref.ts";

/** How often a message has been redriven is counted in this attribute, where the destination is a queue. */
export const countAttribute = "evb-redrives";

/** Source: SQS, message metadata. */
const maxAttributes = 10;
/** Body and attributes of a message together, unless its queue takes less. Source: SQS quotas. */
const maxBytes = 1024 * 1024;
/** A FIFO queue or topic forgets a deduplication id after this. Source: SQS, exactly-once processing. */
export const deduplicationMs = 5 * 60e3;

/** A message for a queue. */
export interface Parcel {
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly traceHeader?: string | undefined;
  readonly bytes: number;
}

/** How a parcel differs from the message that it is made of. */
export interface ParcelChanges {
  readonly body?: string | undefined;
  readonly attributes?: Readonly<Record<string, MessageAttribute>> | undefined;
  readonly groupId?: string | undefined;
  /** How often it has been redriven, this time included; not counted when absent. */
  readonly redrives?: number | undefined;
  /** The id of an earlier try whose end is unknown. */
  readonly deduplicationId?: string | undefined;
}

/** The message for another queue or a topic: whole, but for what `changes` names. `now` in milliseconds since the epoch. */
export function makeParcel(
  message: Message,
  destination: Pick<QueueFact, "arn" | "maxBytes">,
  now: number,
  changes: ParcelChanges,
): Parcel {
  const body = changes.body ?? message.body;
  const attributes = counted(
    { body, attributes: changes.attributes ?? message.attributes },
    changes.redrives,
    destination.maxBytes ?? maxBytes,
  );
  const fifo = isFifo(destination.arn);
  const groupId = changes.groupId ?? message.system.MessageGroupId ?? (fifo ? message.messageId : undefined);
  return {
    body,
    attributes,
    groupId,
    deduplicationId: fifo ? (changes.deduplicationId ?? deduplicationId(message, now)) : undefined,
    traceHeader: message.system.AWSTraceHeader,
    bytes: messageBytes({ body, attributes }),
  };
}

/** The counter goes on only where there is room: a message may have ten attributes, and not more than so many bytes. */
function counted(
  { body, attributes }: Pick<Message, "body" | "attributes">,
  redrives: number | undefined,
  maxBytes: number,
) {
  if (redrives === undefined) return attributes;
  const { [countAttribute]: _before, ...others } = attributes;
  if (Object.keys(others).length >= maxAttributes) return others;
  const all = { ...others, [countAttribute]: { DataType: "Number", StringValue: String(redrives) } };
  return messageBytes({ body, attributes: all }) > maxBytes ? others : all;
}

/**
 * The message's own id, unless a queue may still remember it from the first time: then it would be acknowledged and
 * not delivered. The other id is made of the message's, so that a second try is known for what it is.
 */
function deduplicationId(message: Message, now: number): string {
  const own = message.system.MessageDeduplicationId;
  const old = now - (sentAt(message) ?? 0) > deduplicationMs;
  return own !== undefined && old ? own : `evb-${message.messageId}`;
}

/** The event for PutEvents again, its detail to the byte and its time kept; or everything that speaks against it. */
export function makeEntry(
  letter: DeadLetter,
  message: Message,
  bus: string,
): Checked | { readonly faults: readonly string[] } {
  const payload = letter.payload ?? "";
  const event = JSON.parse(payload) as Record<string, unknown>;
  const exactDetail = sliceField(payload, "detail");
  return checkDraft({
    form: "envelope",
    source: event.source,
    detailType: event["detail-type"],
    detail: event.detail,
    resources: event.resources,
    time: event.time,
    bus,
    traceHeader: message.system.AWSTraceHeader,
    ...(exactDetail === undefined ? {} : { exactDetail }),
  });
}
