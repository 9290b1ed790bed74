import type { Stage } from "../stage.ts";
import { openQueue } from "./queue.ts";
import { Source } from "./source.ts";

/** Connects, finds the queue, and opens it for taking messages. */
export async function openSource(stage: Stage, name: string) {
  const connection = await stage.connect();
  const queue = await openQueue(connection, name, "QUEUE");
  const sqs = await connection.sqs();
  const open = () =>
    new Source({ sqs, queue, clock: stage.world.clock, waitSeconds: connection.local ? 0 : 1 });
  return { connection, sqs, queue, open };
}

/** Calls in flight where nothing else is said. */
export const defaultConcurrency = 8;
