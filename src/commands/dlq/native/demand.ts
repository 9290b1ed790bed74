import { listSourceQueues } from "../../../aws/move-tasks.ts";
import { EvbError } from "../../../core/errors.ts";
import { awsFault } from "../../aws-fault.ts";
import type { Connection } from "../../connect.ts";
import type { OpenQueue } from "../queue.ts";
import type { RedriveOptions } from "../redrive/command.ts";

/** SQS moves at most so many messages a second. Source: StartMessageMoveTask. */
const mostRate = 500;

/** What SQS's own task cannot do is refused before anything is asked for. */
export function demandPlain(options: RedriveOptions): void {
  const { to, rate } = options;
  const wrong = notPlain(options);
  if (wrong !== undefined)
    throw new EvbError(
      "BAD_USAGE",
      `--native cannot be combined with ${wrong}: SQS's own task moves every message of the queue as it is`,
      ["leave --native out: evb then moves the messages itself, with filters and a journal"],
    );
  if (to.kind !== "source" && to.kind !== "queue")
    throw new EvbError("BAD_USAGE", "--native moves from queue to queue only", [
      "add --to source, or --to queue:NAME",
    ]);
  if (rate !== undefined && (!Number.isInteger(rate) || rate > mostRate))
    throw new EvbError(
      "BAD_USAGE",
      `--rate ${rate}: with --native SQS takes whole numbers from 1 to ${mostRate}`,
    );
}

/** The first thing that was given which asks for more than a plain move. */
export function notPlain({ filters, canary, transform, journal }: RedriveOptions): string | undefined {
  const [filter] = Object.entries(filters).find(([, value]) => value !== undefined) ?? [];
  if (filter !== undefined) return `--${filter.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (canary !== undefined) return "--canary";
  if (transform !== undefined) return "--transform";
  return journal === undefined ? undefined : "--journal";
}

/**
 * Some queue's redrive policy names this queue, so that SQS would move its messages; undefined where the caller may
 * not know.
 */
export async function isFedByPolicy(connection: Connection, queue: OpenQueue): Promise<boolean | undefined> {
  try {
    return (await listSourceQueues(await connection.sqs(), queue.url)).length > 0;
  } catch (error) {
    if (awsFault(error)?.code === "ACCESS_DENIED") return undefined;
    throw error;
  }
}

export const refusedBySqs = (queue: OpenQueue): EvbError =>
  new EvbError(
    "AWS_REFUSED",
    `SQS moves only what a redrive policy has put into a queue, and no queue's redrive policy names ${queue.name}: EventBridge, Lambda and SNS write to it directly`,
    [`evb dlq redrive ${queue.name} sends each message to the target that failed`],
  );
