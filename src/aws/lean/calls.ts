import { createHash } from "node:crypto";
import { answered } from "../patience.ts";
import type { MessageAttribute, ReceivedMessage } from "../queues.ts";
import { type ItemResult, itemResults } from "../results.ts";
import type { LeanClient } from "./client.ts";

/** A message as SQS's JSON protocol has it: bytes are base64. */
interface WireMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body?: string;
  readonly MD5OfBody?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, WireAttribute>>;
}

interface WireAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export async function receiveLean(
  lean: LeanClient,
  input: object,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<ReceivedMessage[]> {
  const { output } = await answered(
    ({ abortSignal }) => lean.call("ReceiveMessage", input, abortSignal),
    waitMs,
    signal,
  );
  return ((output.Messages ?? []) as WireMessage[]).map(received);
}

interface Entry {
  readonly MessageBody: string;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
}

export async function sendLean(
  lean: LeanClient,
  { QueueUrl, Entries }: { readonly QueueUrl: string; readonly Entries: readonly Entry[] },
): Promise<ItemResult[]> {
  const input = { QueueUrl, Entries: Entries.map(wireEntry) };
  const { output, doubt } = await answered(({ abortSignal }) =>
    lean.call("SendMessageBatch", input, abortSignal, true),
  );
  for (const { Id, MD5OfMessageBody } of output.Successful ?? [])
    demandWhole(MD5OfMessageBody, Entries[Number(Id)]?.MessageBody ?? "", `entry ${Id}`);
  return itemResults(Entries.length, output, doubt);
}

export async function batchLean(
  lean: LeanClient,
  operation: string,
  input: { readonly QueueUrl: string; readonly Entries: readonly object[] },
): Promise<ItemResult[]> {
  const { output } = await answered(({ abortSignal }) => lean.call(operation, input, abortSignal));
  return itemResults(input.Entries.length, output);
}

function received({ MessageId, ReceiptHandle, Body = "", MD5OfBody, ...rest }: WireMessage): ReceivedMessage {
  demandWhole(MD5OfBody, Body, `message ${MessageId}`);
  const attributes: Record<string, MessageAttribute> = {};
  for (const [name, { BinaryValue, ...attribute }] of Object.entries(rest.MessageAttributes ?? {}))
    attributes[name] =
      BinaryValue === undefined
        ? attribute
        : { ...attribute, BinaryValue: Buffer.from(BinaryValue, "base64") };
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes,
    system: rest.Attributes ?? {},
  };
}

function wireEntry(entry: Entry): object {
  const { MessageAttributes } = entry;
  if (MessageAttributes === undefined || Object.values(MessageAttributes).every((one) => !one.BinaryValue))
    return entry;
  const wire = Object.entries(MessageAttributes).map(([name, { BinaryValue, ...attribute }]) => [
    name,
    BinaryValue === undefined
      ? attribute
      : { ...attribute, BinaryValue: Buffer.from(BinaryValue).toString("base64") },
  ]);
  return { ...entry, MessageAttributes: Object.fromEntries(wire) };
}

/** SQS says the digest of what it holds, so that nothing is taken for delivered that was damaged on the way. */
function demandWhole(digest: string | undefined, body: string, what: string): void {
  if (digest === undefined || digest === createHash("md5").update(body).digest("hex")) return;
  throw Object.assign(new Error(`${what}: SQS says another digest of the body than it has`), {
    name: "InvalidChecksumError",
  });
}
