import { utf8Bytes } from "../event/size.ts";

/** A message attribute by the wire's names. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

/** A message of a queue, whole: what must survive a crash, a drain and a restore. */
export interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  /** System attributes: `SentTimestamp`, `ApproximateReceiveCount`, `MessageGroupId`, `AWSTraceHeader`, … */
  readonly system: Readonly<Record<string, string>>;
}

/** The text of a message attribute, whatever its declared type. */
export const attributeText = (message: Message, name: string): string | undefined =>
  message.attributes[name]?.StringValue;

/** A number out of an attribute's text; undefined when there is none. */
export function attributeNumber(message: Message, name: string): number | undefined {
  const text = attributeText(message, name);
  return text !== undefined && text !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** Milliseconds since the epoch at which the message came into the queue; a redrive policy keeps the original time. */
export function sentAt(message: Message): number | undefined {
  const ms = Number(message.system.SentTimestamp);
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

/** Bytes that count against the limit of a message: body, attribute names, types and values. */
export function messageBytes({ body, attributes }: Pick<Message, "body" | "attributes">): number {
  let bytes = utf8Bytes(body);
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes))
    bytes += utf8Bytes(name) + utf8Bytes(DataType) + (BinaryValue?.length ?? utf8Bytes(StringValue ?? ""));
  return bytes;
}
