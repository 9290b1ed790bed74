import { isUnanswered } from "../../aws/results.ts";
import { fullJitter } from "../../core/backoff.ts";
import type { Clock, Random } from "../../core/clock.ts";
import { EvbError } from "../../core/errors.ts";
import type { Sending } from "../../core/redrive/decision.ts";
import type { Gate } from "../../core/redrive/gate.ts";
import { awsFault } from "../aws-fault.ts";
import type { Connection } from "../connect.ts";
import { type Answer, sendTo, takesMany } from "./ways.ts";

/** What came of sending one message. */
export type Outcome =
  | {
      readonly state: "acknowledged";
      readonly id: string;
      readonly mayDouble: boolean;
      /** The destination turned out not to know a second try for what it is. */
      readonly forgets?: true;
      /** EventBridge delivered it, and all that is known is that no failure came back for so long. */
      readonly watchedMs?: number;
    }
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

/** Makes one call for messages that share a destination; an answer for each, in order. */
export type Send = (sendings: readonly Sending[]) => Promise<readonly Answer[]>;

const attempts = 4;
const backoff = { baseMs: 100, capMs: 5000 };

/** Sends up to ten messages to one destination; what it refuses for a moment only is tried again. In order. */
export async function deliver(
  sendings: readonly Sending[],
  options: DeliverOptions,
  send: Send = (some) => sendTo(options.connection, some),
): Promise<Outcome[]> {
  if (sendings.length > 1 && !takesMany(sendings[0]!) && sendings[0]!.to !== "relay")
    return (await Promise.all(sendings.map((one) => deliver([one], options, send)))).flat();
  const { clock, random, gate } = options;
  const outcomes: Outcome[] = [];
  let open = sendings.map((_, index) => index);
  for (let attempt = 1; open.length > 0; attempt++) {
    const some = open.map((index) => sendings[index]!);
    const results = await through(gate, () => call(send, some));
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

async function call(send: Send, sendings: readonly Sending[]): Promise<Tried[]> {
  try {
    return (await send(sendings)).map(tried);
  } catch (error) {
    const reason = reasonOf(error as Error);
    if (!isUnanswered(error) || isUnsent(error))
      return sendings.map(() => ({
        outcome: { state: "refused", reason },
        retry: isThrottled((error as Error).name),
      }));
    return sendings.map(() => ({ outcome: { state: "unanswered", reason }, retry: false }));
  }
}

/** Where a permission is missing, which one. */
function reasonOf(error: Error): string {
  if (error instanceof EvbError) return error.message;
  const words = `${error.name}: ${error.message}`;
  const fault = awsFault(error);
  return fault?.code === "ACCESS_DENIED" ? `${words} (${fault.hints.join("; ")})` : words;
}

function tried(result: Answer): Tried {
  if (result.ok) {
    const { ok: _, inDoubt: mayDouble, ...more } = result;
    return { outcome: { state: "acknowledged", mayDouble, ...more }, retry: false };
  }
  const reason = result.message === "" ? result.code : `${result.code}: ${result.message}`;
  // An answer that leaves a message out says nothing about it.
  if (result.code === "NoResult") return { outcome: { state: "unanswered", reason }, retry: false };
  return { outcome: { state: "refused", reason }, retry: !result.senderFault };
}

/** Failed before anything went out: no credentials, no region, an endpoint that must not be called. */
const isUnsent = (error: unknown): boolean =>
  error instanceof EvbError ||
  (error as Error).name === "CredentialsProviderError" ||
  (error as Error).message === "Region is missing";

const isThrottled = (name: string): boolean =>
  /throttl|TooManyRequests|SlowDown|OverLimit|RequestLimit|ThroughputExceeded|ExecutionLimitExceeded/i.test(
    name,
  );
