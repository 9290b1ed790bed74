import type { SQSClient } from "@aws-sdk/client-sqs";
import { receiveMessages } from "../../../aws/queues.ts";
import { describeBus, listBuses, listRules, listTargets } from "../../../aws/rules.ts";
import type { Clock } from "../../../core/clock.ts";
import type { EvbError } from "../../../core/errors.ts";
import { Exit } from "../../../core/exit.ts";
import { sentAt } from "../../../core/redrive/message.ts";
import { awsFault } from "../../aws-fault.ts";
import { findBus } from "../../bus.ts";
import type { Connection } from "../../connect.ts";
import type { Run } from "../../perform.ts";
import { runCrew } from "../crew.ts";
import { findQueue, type OpenQueue } from "../queue.ts";
import type { LsOptions } from "./command.ts";

/** A target, or a bus itself, and what becomes of the events that it does not take. */
export interface LsRow {
  readonly bus: string;
  /** Undefined for the bus's own dead-letter queue. */
  readonly rule: string | undefined;
  readonly targetId: string | undefined;
  readonly targetArn: string | undefined;
  readonly deadLetterArn: string | undefined;
  readonly queue: QueueLook | undefined;
}

/** What there is to say about a dead-letter queue. */
export type QueueLook =
  | {
      readonly status: "ok";
      readonly queue: OpenQueue;
      /** Of the oldest of the messages that were seen; undefined where none was. */
      readonly oldestAgeMs: number | undefined;
      /** Every message was seen, so no older one can be there. */
      readonly exact: boolean;
    }
  | { readonly status: "denied" | "missing"; readonly why: string };

export type LsHappening =
  | { readonly kind: "row"; readonly row: LsRow }
  | { readonly kind: "end"; readonly buses: readonly string[] };

/** Below the 50 control-plane calls a second that AWS allows. */
const concurrency = 4;

export const runLs: Run<LsOptions, LsHappening> = async function* (options, stage) {
  const connection = await stage.connect();
  const events = await connection.events();
  const buses: string[] = [];
  if (!options.all) buses.push((await findBus(connection, options.bus)).name);
  else for await (const bus of listBuses(events)) buses.push(bus);
  const look = lookOnce(connection, options.age, stage.world.clock);
  for (const bus of buses) {
    try {
      yield* lsBus(bus);
    } catch (error) {
      // One bus that the caller may not look into must not hide the others.
      const fault = awsFault(error);
      if (!options.all || fault?.code !== "ACCESS_DENIED") throw error;
      yield {
        kind: "row",
        row: { ...(await withQueue({ bus })), queue: { status: "denied", why: fault.message } },
      };
    }
  }
  yield { kind: "end", buses };
  return Exit.done;

  async function* lsBus(bus: string): AsyncGenerator<LsHappening, void> {
    const own = (await describeBus(events, bus))?.DeadLetterConfig?.Arn;
    if (own !== undefined) yield { kind: "row", row: await withQueue({ bus, deadLetterArn: own }) };
    const rules = listRules(events, bus);
    yield* runCrew<LsHappening>(concurrency, async (tell, stop) => {
      for (let next = await rules.next(); !next.done && !stop.aborted; next = await rules.next())
        for (const target of (await listTargets(events, bus, next.value.Name!)) ?? [])
          await tell({
            kind: "row",
            row: await withQueue({
              bus,
              rule: next.value.Name,
              targetId: target.Id,
              targetArn: target.Arn,
              deadLetterArn: target.DeadLetterConfig?.Arn,
            }),
          });
    });
  }

  async function withQueue(row: Partial<LsRow> & Pick<LsRow, "bus">): Promise<LsRow> {
    const { bus, rule, targetId, targetArn, deadLetterArn } = row;
    const queue = deadLetterArn === undefined ? undefined : await look(deadLetterArn);
    return { bus, rule, targetId, targetArn, deadLetterArn, queue };
  }
};

/** Many targets share a queue; each queue is looked at once. */
function lookOnce(connection: Connection, age: boolean, clock: Clock): (arn: string) => Promise<QueueLook> {
  const looks = new Map<string, Promise<QueueLook>>();
  return (arn) => {
    let look = looks.get(arn);
    if (look === undefined) {
      look = lookAt(connection, arn, age, clock);
      looks.set(arn, look);
    }
    return look;
  };
}

async function lookAt(connection: Connection, arn: string, age: boolean, clock: Clock): Promise<QueueLook> {
  try {
    const sqs = await connection.sqs();
    const queue = await findQueue(sqs, arn);
    if (queue === undefined) return { status: "missing", why: "does not exist" };
    if (queue === "unreadable") return { status: "missing", why: "is no queue" };
    if ("otherRegion" in queue) return { status: "denied", why: `is in ${queue.otherRegion}` };
    // A queue with a redrive policy of its own counts receives and would move a message that was looked at too often.
    const mayLook = age && queue.depth > 0 && queue.maxReceives === undefined;
    const seen = mayLook ? await sentTimes(sqs, queue) : [];
    const oldestAgeMs = seen.length === 0 ? undefined : clock.now() - Math.min(...seen);
    return { status: "ok", queue, oldestAgeMs, exact: seen.length >= queue.depth };
  } catch (error) {
    const fault = awsFault(error);
    if (fault === undefined || !isAboutTheQueue(fault)) throw error;
    return { status: "denied", why: fault.message };
  }
}

const isAboutTheQueue = ({ code }: EvbError): boolean => code === "ACCESS_DENIED" || code === "AWS_REFUSED";

/** Received with a visibility of 0 seconds: nobody misses them for a moment. Oldest ones tend to come first. */
async function sentTimes(sqs: SQSClient, queue: OpenQueue): Promise<number[]> {
  const messages = await receiveMessages(sqs, queue.url, { visibilitySeconds: 0 });
  const times = new Map(messages.map((message) => [message.messageId, sentAt(message)]));
  return [...times.values()].filter((ms) => ms !== undefined);
}
