import { sendMessages } from "../../aws/queues.ts";
import { type ItemResult, isUnanswered } from "../../aws/results.ts";
import { type PutEventsRequestEntry, putEntries } from "../../aws/rules.ts";
import { fullJitter } from "../../core/backoff.ts";
import type { Clock, Random } from "../../core/clock.ts";
import type { Entry } from "../../core/event/entry.ts";
import type { Sending } from "../../core/redrive/decision.ts";
import type { Gate } from "../../core/redrive/gate.ts";
import type { Connection } from "../connect.ts";

/** What came of sending one message. */
export type Outcome =
  | { readonly state: "acknowledged"; readonly id: string; readonly mayDouble: boolean }
  /** The destination said no, or was never asked: it has not arrived. */
  | { readonly state: "refused"; readonly reason: string }
  /** Nobody knows. */
  | { readonly state: "unanswered"; readonly reason: string };

export interface DeliverOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly random: Random;
  /** Lets fewer calls through while a destination throttles. */
  readonly gate?: Gate | undefined;
}

const attempts = 4;
const backoff = { baseMs: 100, capMs: 5000 };

/** Sends up to ten messages to one destination; what it refuses for a moment only is tried again. In order. */
export async function deliver(
  sendings: readonly Sending[],
  { connection, clock, random, gate }: DeliverOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let open = sendings.map((_, index) => index);
  for (let attempt = 1; open.length > 0; attempt++) {
    const some = open.map((index) => sendings[index]!);
    const results = await through(gate, () => call(connection, some));
    const again: number[] = [];
    for (const [at, index] of open.entries()) {
      const { outcome, retry } = results[at]!;
      outcomes[index] = outcome;
      if (retry && attempt < attempts) again.push(index);
    }
    open = again;
    if (open.length > 0) await clock.sleep(fullJitter(backoff, attempt, random));
  }
  return outcomes;
}

const through = (gate: Gate | undefined, call: () => Promise<Tried[]>): Promise<Tried[]> =>
  gate === undefined ? call() : gate.run(call, (tries) => tries.some(({ outcome }) => isThrottling(outcome)));

const isThrottling = (outcome: Outcome): boolean =>
  outcome.state === "refused" && isThrottled(outcome.reason.split(":", 1)[0]!);

interface Tried {
  readonly outcome: Outcome;
  readonly retry: boolean;
}

async function call(connection: Connection, sendings: readonly Sending[]): Promise<Tried[]> {
  try {
    return (await send(connection, sendings)).map(tried);
  } catch (error) {
    const { name, message } = error as Error;
    const reason = `${name}: ${message}`;
    if (!isUnanswered(error) || isUnsent(error))
      return sendings.map(() => ({ outcome: { state: "refused", reason }, retry: isThrottled(name) }));
    return sendings.map(() => ({ outcome: { state: "unanswered", reason }, retry: false }));
  }
}

async function send(connection: Connection, sendings: readonly Sending[]): Promise<ItemResult[]> {
  const first = sendings[0]!;
  if (first.to === "queue") {
    const parcels = sendings.map((one) => (one as typeof first).parcel);
    return await sendMessages(await connection.sqs(), first.url, parcels);
  }
  const entries = sendings.map((one) => putEntry((one as typeof first).entry));
  return await putEntries(await connection.events(), entries);
}

function putEntry({
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

function tried(result: ItemResult): Tried {
  if (result.ok)
    return { outcome: { state: "acknowledged", id: result.id, mayDouble: result.inDoubt }, retry: false };
  const reason = result.message === "" ? result.code : `${result.code}: ${result.message}`;
  // An answer that leaves a message out says nothing about it.
  if (result.code === "NoResult") return { outcome: { state: "unanswered", reason }, retry: false };
  return { outcome: { state: "refused", reason }, retry: !result.senderFault };
}

/** Failed before anything went out: no credentials, no region. */
const isUnsent = (error: unknown): boolean =>
  (error as Error).name === "CredentialsProviderError" || (error as Error).message === "Region is missing";

const isThrottled = (name: string): boolean =>
  /throttl|TooManyRequests|SlowDown|OverLimit|RequestLimit/i.test(name);
