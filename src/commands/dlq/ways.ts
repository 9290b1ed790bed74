import { sendMessages } from "../../aws/queues.ts";
import type { Accepted, ItemResult } from "../../aws/results.ts";
import { type PutEventsRequestEntry, putEntries } from "../../aws/rules.ts";
import type { Entry } from "../../core/event/entry.ts";
import type { Sending } from "../../core/redrive/decision.ts";
import type { Connection } from "../connect.ts";

type To<W extends Sending["to"]> = Extract<Sending, { to: W }>;

/** What came of one message. */
export type Answer = ItemResult & {
  /** The destination turned out not to know a second try. */
  readonly forgets?: true;
  /** All that is known is that no failure came back for so long. */
  readonly watchedMs?: number;
};

/** Queues and buses take ten messages to a call, all others one. */
export const takesMany = ({ to }: Sending): boolean => to === "queue" || to === "bus";

/** Calls the destination that all of them share. Throws when the call fails as a whole. */
export async function sendTo(connection: Connection, sendings: readonly Sending[]): Promise<Answer[]> {
  const first = sendings[0]!;
  switch (first.to) {
    case "queue": {
      const parcels = (sendings as readonly To<"queue">[]).map(({ parcel }) => parcel);
      return await sendMessages(await connection.sqs(), first.url, parcels);
    }
    case "bus": {
      const entries = (sendings as readonly To<"bus">[]).map(({ entry }) => putEntry(entry));
      return await putEntries(await connection.events(), entries);
    }
    case "relay":
      throw new TypeError("only a relay can carry it");
    default:
      return [await sendOne(connection, first)];
  }
}

/** Each service's client and calls are loaded when the first message needs them. */
async function sendOne(
  connection: Connection,
  sending: To<"topic" | "function" | "state-machine" | "stream">,
): Promise<Answer> {
  const { arn } = sending;
  switch (sending.to) {
    case "topic": {
      const { publish } = await import("../../aws/topics.ts");
      return taken(await publish(await connection.sns(), arn, sending.parcel));
    }
    case "function": {
      const { invoke } = await import("../../aws/functions.ts");
      return taken(await invoke(await connection.lambda(), arn, sending.body));
    }
    case "state-machine": {
      const { startExecution } = await import("../../aws/executions.ts");
      const started = await startExecution(await connection.states(), arn, sending.name, sending.body);
      return { ...taken(started), ...(!started.knows && { forgets: true as const }) };
    }
    case "stream": {
      const { putRecord } = await import("../../aws/streams.ts");
      return taken(await putRecord(await connection.kinesis(), arn, sending.partitionKey, sending.body));
    }
  }
}

const taken = ({ id, inDoubt }: Accepted): Answer => ({ ok: true, id, inDoubt });

export function putEntry({
  source,
  detailType,
  detail,
  resources,
  time,
  bus,
  traceHeader,
}: Entry): PutEventsRequestEntry {
  return {
    Source: source,
    DetailType: detailType,
    Detail: detail,
    ...(resources.length > 0 && { Resources: [...resources] }),
    ...(time !== undefined && { Time: new Date(time) }),
    ...(bus !== undefined && { EventBusName: bus }),
    ...(traceHeader !== undefined && { TraceHeader: traceHeader }),
  };
}
