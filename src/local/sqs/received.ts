import type { Message as SdkMessage } from "@aws-sdk/client-sqs";
import type { Wire } from "../wire.ts";
import { unknownAttribute } from "./faults.ts";
import { renderHandle } from "./handle.ts";
import { md5OfAttributes, type WireAttributes } from "./md5.ts";
import type { Message } from "./message.ts";

/** Which attributes a receiver asked for. */
export interface Wanted {
  readonly system: ReadonlySet<string>;
  readonly user: (name: string) => boolean;
}

/** A message as a receiver gets it. */
export function renderMessage(
  message: Message,
  wanted: Wanted,
  place: { readonly serial: number; readonly senderId: string },
): Wire<SdkMessage> {
  const system = systemAttributes(message, wanted.system, place.senderId);
  const user = userAttributes(message.content.attributes, wanted.user);
  return {
    MessageId: message.id,
    ReceiptHandle: renderHandle(place.serial, message),
    MD5OfBody: message.md5OfBody,
    Body: message.content.body,
    ...(system === undefined ? {} : { Attributes: system }),
    // The digest is over what was asked for, so that the receiver can check it.
    ...(user === undefined
      ? {}
      : { MD5OfMessageAttributes: md5OfAttributes(user), MessageAttributes: { ...user } }),
  };
}

/** How each system attribute is made; `undefined` when the message has none. */
const makers: Readonly<Record<string, (message: Message, senderId: string) => string | undefined>> = {
  SenderId: (_message, senderId) => senderId,
  SentTimestamp: ({ sentAt }) => String(sentAt),
  ApproximateReceiveCount: ({ receiveCount }) => String(receiveCount),
  ApproximateFirstReceiveTimestamp: ({ firstReceivedAt }) => String(firstReceivedAt),
  SequenceNumber: ({ sequence }) => sequence,
  MessageDeduplicationId: ({ content }) => content.deduplicationId,
  MessageGroupId: ({ content }) => content.groupId,
  AWSTraceHeader: ({ content }) => content.traceHeader,
  DeadLetterQueueSourceArn: ({ deadLetterSource }) => deadLetterSource,
};

/** From the two lists that may name them; throws for a name that is none. */
export function parseSystemNames(...lists: readonly (readonly string[] | undefined)[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const name of lists.flatMap((list) => list ?? [])) {
    if (name === "All") for (const each of Object.keys(makers)) names.add(each);
    else if (Object.hasOwn(makers, name)) names.add(name);
    else throw unknownAttribute(name);
  }
  return names;
}

/** `All` and `.*` are all of them, `prefix.*` those that begin so. */
export function parseUserNames(names: readonly string[] | undefined): (name: string) => boolean {
  if (names === undefined || names.length === 0) return () => false;
  if (names.includes("All") || names.includes(".*")) return () => true;
  const exact = new Set(names);
  const prefixes = names.filter((name) => name.endsWith(".*")).map((name) => name.slice(0, -2));
  return (name) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

function systemAttributes(message: Message, wanted: ReadonlySet<string>, senderId: string) {
  const entries = [...wanted]
    .map((name) => [name, makers[name]!(message, senderId)] as const)
    .filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function userAttributes(attributes: WireAttributes | undefined, isWanted: (name: string) => boolean) {
  if (attributes === undefined) return undefined;
  const entries = Object.entries(attributes).filter(([name]) => isWanted(name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
