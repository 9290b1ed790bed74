import { IdSet } from "../../../core/redrive/id-set.ts";
import type { JournalState, Outstanding } from "../../../core/redrive/journal.ts";
import type { DeadLetter } from "../../../core/redrive/letter.ts";
import type { Message } from "../../../core/redrive/message.ts";
import { parseLetter } from "../../../core/redrive/parse.ts";

/** A stored message that passes the filters, and what is to be done with it. */
export interface Chosen {
  readonly message: Message;
  readonly letter: DeadLetter;
  /** Why it is not sent. */
  readonly skip?: string;
  /** The try of an earlier run whose end is unknown. */
  readonly before?: Extract<Outstanding, { state: "sending" }>;
}

/** Goes through stored messages, each once, at most `max`. */
export async function* choose(
  messages: AsyncIterable<Message>,
  matches: (letter: DeadLetter) => boolean,
  max: number,
  state: JournalState,
  inDoubt: "send" | "hold",
): AsyncGenerator<Chosen> {
  const seen = new IdSet();
  let room = max;
  for await (const message of messages) {
    if (room <= 0) return;
    const letter = parseLetter(message);
    if (seen.has(message.messageId) || !matches(letter)) continue;
    seen.add(message.messageId);
    room--;
    const before = state.standOf(message.messageId);
    if (before?.state === "acknowledged")
      yield {
        message,
        letter,
        skip: "it has been restored already; --journal with another file forgets that",
      };
    else if (before !== undefined && inDoubt === "hold")
      yield { message, letter, skip: "an earlier run sent it and did not learn whether it arrived" };
    else yield { message, letter, ...(before && { before }) };
  }
}
