import { sqsFault } from "./faults.ts";
import type { Message } from "./message.ts";

/** What a receipt handle says: which message of which queue, and which of its receipts. */
export interface Receipt {
  readonly messageId: string;
  readonly queueSerial: number;
  readonly receiveCount: number;
}

/** A new handle for each receipt of a message. */
export const renderHandle = (queueSerial: number, message: Message): string =>
  Buffer.from(`${message.id}/${queueSerial}/${message.receiveCount}`).toString("base64");

/** Throws when the text is no handle of this queue. */
export function parseHandle(text: string, queueSerial: number): Receipt {
  const found = /^([0-9a-f-]{36})\/(\d+)\/(\d+)$/.exec(Buffer.from(text, "base64").toString());
  if (found === null || Number(found[2]) !== queueSerial)
    throw sqsFault(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${text}" is not a valid receipt handle.`,
    );
  return { messageId: found[1]!, queueSerial, receiveCount: Number(found[3]) };
}
