import { checkCharacters } from "./characters.ts";
import { type GivenAttributes, parseAttributes } from "./content-attributes.ts";
import { demand, invalid, invalidValue, missing } from "./faults.ts";
import { isWithin, sqsLimits } from "./limits.ts";
import type { Content } from "./message.ts";
import type { Queue } from "./queue.ts";

/** A message as SendMessage and the entries of SendMessageBatch give it. */
export interface SendInput {
  readonly MessageBody?: string | undefined;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: GivenAttributes | undefined;
  readonly MessageSystemAttributes?: GivenAttributes | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** What is sent, checked against the rules that hold for `queue`, except for its size. */
export function contentOf(input: SendInput, queue: Queue): Content {
  const body = demand(input.MessageBody, "MessageBody");
  checkCharacters(body);
  const attributes = parseAttributes(input.MessageAttributes);
  if (input.DelaySeconds !== undefined) checkDelay(input.DelaySeconds, queue);
  checkIds(input, queue);
  return {
    body,
    attributes,
    traceHeader: traceHeaderOf(input.MessageSystemAttributes),
    groupId: input.MessageGroupId,
    deduplicationId: input.MessageDeduplicationId,
  };
}

/** What counts against the limit: body, and names, types and values of attributes. */
export function sizeOf(body: string, attributes: GivenAttributes | undefined): number {
  let size = Buffer.byteLength(body);
  if (attributes === undefined) return size;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes))
    size +=
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType ?? "") +
      Buffer.byteLength(StringValue ?? "") +
      Buffer.byteLength(BinaryValue ?? "", "base64");
  return size;
}

const wrongKind = "The request include parameter that is not valid for this queue type.";

function checkDelay(seconds: number, { origin }: Queue): void {
  if (origin.fifo && seconds !== 0) throw invalidValue(seconds, "DelaySeconds", wrongKind);
  if (!isWithin(seconds, sqsLimits.delaySeconds))
    throw invalidValue(seconds, "DelaySeconds", "DelaySeconds must be >= 0 and <= 900.");
}

/** A group on a standard queue makes it a fair queue; deduplication is for FIFO queues alone. */
function checkIds(input: SendInput, { origin, settings }: Queue): void {
  checkId("MessageGroupId", input.MessageGroupId);
  if (!origin.fifo) {
    if (input.MessageDeduplicationId !== undefined)
      throw invalidValue(input.MessageDeduplicationId, "MessageDeduplicationId", wrongKind);
    return;
  }
  checkId("MessageDeduplicationId", input.MessageDeduplicationId);
  if (input.MessageGroupId === undefined) throw missing("MessageGroupId");
  if (input.MessageDeduplicationId === undefined && !settings.contentDeduplication)
    throw invalid(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
}

function checkId(parameter: string, id: string | undefined): void {
  if (id === undefined || /^[\x21-\x7e]{1,128}$/.test(id)) return;
  throw invalidValue(
    id,
    parameter,
    `${parameter} can only include alphanumeric and punctuation characters. 1 to ${sqsLimits.idChars} in length.`,
  );
}

function traceHeaderOf(attributes: GivenAttributes | undefined): string | undefined {
  if (attributes === undefined) return undefined;
  for (const [name, { DataType, StringValue }] of Object.entries(attributes)) {
    // Only this one may be sent. User guide, message system attributes; the wording is ours.
    if (name !== "AWSTraceHeader")
      throw invalidValue(name, "MessageSystemAttributes", "Only AWSTraceHeader is supported.");
    if (DataType !== "String" || (StringValue ?? "") === "")
      throw invalid(`Message (system) attribute '${name}' must contain a non-empty value of type 'String'.`);
  }
  return attributes.AWSTraceHeader?.StringValue;
}
