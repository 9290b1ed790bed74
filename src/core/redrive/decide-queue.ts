import { parseArn } from "../arn.ts";
import { type Case, type Decision, skip } from "./decision.ts";
import type { Need, QueueFact } from "./facts.ts";
import type { Message } from "./message.ts";
import { deduplicationMs, makeParcel, type ParcelChanges } from "./outgoing.ts";

/** The message for a queue that is looked up first. */
export function sendToQueue(
  message: Message,
  about: Case,
  queue: string,
  changes: ParcelChanges,
): Decision | Need {
  const fact = about.facts.queue(queue);
  if (fact === undefined) return { need: "queue", queue };
  if (fact.state === "denied") return skip(`queue ${shortName(queue)} may not be looked at: ${fact.why}`);
  if (fact.state === "missing")
    return skip(`queue ${shortName(queue)} does not exist`, "--to queue:NAME sends elsewhere");
  return sendTo(message, about, fact.value, changes);
}

function sendTo(message: Message, about: Case, queue: QueueFact, changes: ParcelChanges): Decision {
  if (queue.arn === about.sourceArn)
    return skip(
      "its destination is the queue that it lies in",
      "--to queue:NAME or bus:NAME sends elsewhere",
    );
  const { redrives, deduplicationId, now } = about;
  const parcel = makeParcel(message, queue, now, { redrives: redrives + 1, deduplicationId, ...changes });
  const id = parcel.deduplicationId;
  const once = id === undefined ? undefined : { id, ms: deduplicationMs };
  return {
    do: "send",
    sending: { to: "queue", arn: queue.arn, url: queue.url, parcel, bytes: parcel.bytes, once },
  };
}

const shortName = (queue: string): string => parseArn(queue)?.resource ?? queue;
