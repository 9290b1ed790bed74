import type { Stage } from "../../stage.ts";
import { journalPath, readJournal } from "../journal.ts";
import type { OpenQueue } from "../queue.ts";

/** How many messages an interrupted redrive has sent already, or may have, and has not deleted: SQS would not know. */
export async function countSent({ world }: Stage, queue: OpenQueue): Promise<number> {
  const path = journalPath(world, "redrive", queue);
  const state = await readJournal(world, path, { verb: "redrive", queue });
  return [...state.outstanding()].length;
}

export const warningOfSent = (count: number): string =>
  `${count === 1 ? "1 message" : `${count} messages`} that an interrupted redrive has sent, or may have, can be in the queue still: SQS moves them once more; without --native they are known`;
