import type { ItemResult } from "../../aws/results.ts";
import { fullJitter } from "../../core/backoff.ts";
import type { Clock, Random } from "../../core/clock.ts";
import type { Entry } from "../../core/event/entry.ts";
import type { Pacer } from "./batches.ts";
import type { GoodItem } from "./items.ts";
import { callOnce } from "./patience.ts";
import { readRefusal } from "./refusal.ts";

/** What came of one event. */
export type Outcome = {
  readonly item: GoodItem;
  readonly attempts: number;
} & (
  | { readonly status: "published"; readonly eventId: string; readonly maybeTwice: boolean }
  /** `unknown`: no answer came, so that it may have arrived all the same. */
  | { readonly status: "failed" | "unknown"; readonly code: string; readonly message: string }
);

export interface Sent {
  /** One an event, in order. */
  readonly outcomes: readonly Outcome[];
  /** Why nothing that follows would fare better. */
  readonly fatal?: unknown;
}

export interface Sending {
  /** One call. */
  readonly put: (entries: readonly Entry[], signal: AbortSignal) => Promise<readonly ItemResult[]>;
  readonly clock: Clock;
  readonly random: Random;
  readonly maxAttempts: number;
  /** What is tried again counts for the rate as well. The first call with a batch has begun for it. */
  readonly pacer?: Pacer | undefined;
  /** No further tries once it aborts; the call in flight is finished. */
  readonly stop: AbortSignal;
  /** Calls in flight are given up too. */
  readonly stopNow: AbortSignal;
}

/** Waits between tries: from zero up to a bound that starts here, doubles and ends there. */
const backoff = { baseMs: 200, capMs: 20_000 };

interface Pending {
  readonly item: GoodItem;
  /** An earlier call with it got no answer. */
  unanswered: boolean;
  code: string;
  message: string;
}

/** Sends a batch until each entry is published, refused for good, or tried often enough. */
export async function sendBatch(items: readonly GoodItem[], sending: Sending): Promise<Sent> {
  const outcomes = new Map<number, Outcome>();
  const pending = items.map(
    (item): Pending => ({
      item,
      unanswered: item.isDoubtful === true,
      code: "",
      message: "",
    }),
  );
  const fatal = await sendPending(pending, 1, outcomes, sending);
  return {
    outcomes: items.map((item) => outcomes.get(item.index)!),
    ...(fatal === undefined ? {} : { fatal }),
  };
}

/** Fills in an outcome for each; returns what makes going on pointless, if anything does. */
async function sendPending(
  first: readonly Pending[],
  firstAttempt: number,
  outcomes: Map<number, Outcome>,
  sending: Sending,
): Promise<unknown> {
  let pending = first;
  for (let attempt = firstAttempt; ; attempt++) {
    let lost: unknown;
    try {
      const entries = pending.map(({ item }) => item.entry);
      const results = await callOnce(
        (signal) => sending.put(entries, signal),
        sending.clock,
        sending.stopNow,
      ).finally(() => sending.pacer?.end(entries.length));
      pending = pending.filter((one, i) => settle(one, results[i], attempt, outcomes));
    } catch (error) {
      const refusal = readRefusal(error);
      if (refusal.kind === "split" && pending.length > 1)
        return splitAndSend(pending, attempt, outcomes, sending);
      for (const one of pending) {
        one.code = refusal.code;
        one.message = refusal.message;
        if (refusal.kind === "transient") one.unanswered ||= refusal.unanswered;
        else outcomes.set(one.item.index, failure(one, attempt));
      }
      if (refusal.kind !== "transient") return refusal.kind === "fatal" ? error : undefined;
      if (refusal.network) lost = error;
    }
    if (pending.length === 0) return undefined;
    const over = attempt >= sending.maxAttempts;
    if (!over) await sending.clock.sleep(fullJitter(backoff, attempt, sending.random), sending.stop);
    if (!over && !sending.stop.aborted) await sending.pacer?.begin(pending.length);
    if (!over && !sending.stop.aborted) continue;
    for (const one of pending) outcomes.set(one.item.index, failure(one, attempt));
    return over ? lost : undefined;
  }
}

/** Takes in the answer for one entry; true when it is to be tried again. */
function settle(
  one: Pending,
  result: ItemResult | undefined,
  attempts: number,
  outcomes: Map<number, Outcome>,
): boolean {
  if (result?.ok) {
    const maybeTwice = one.unanswered || result.inDoubt;
    outcomes.set(one.item.index, {
      item: one.item,
      attempts,
      status: "published",
      eventId: result.id,
      maybeTwice,
    });
    return false;
  }
  one.code = result?.code ?? "NoResult";
  // The answer is silent about it.
  one.unanswered ||= one.code === "NoResult";
  one.message = result?.message ?? "";
  if (!result?.senderFault) return true;
  outcomes.set(one.item.index, failure(one, attempts));
  return false;
}

const failure = ({ item, unanswered, code, message }: Pending, attempts: number): Outcome => ({
  item,
  attempts,
  status: unanswered ? "unknown" : "failed",
  code,
  message,
});

/** Halves a request that is refused as a whole, down to the entry that is to blame. The size of requests is no try. */
async function splitAndSend(
  pending: readonly Pending[],
  attempt: number,
  outcomes: Map<number, Outcome>,
  sending: Sending,
): Promise<unknown> {
  const middle = Math.ceil(pending.length / 2);
  await sending.pacer?.begin(middle);
  const fatal = await sendPending(pending.slice(0, middle), attempt, outcomes, sending);
  const rest = pending.slice(middle);
  if (fatal === undefined) {
    await sending.pacer?.begin(rest.length);
    return sendPending(rest, attempt, outcomes, sending);
  }
  for (const one of rest) outcomes.set(one.item.index, failure(one, attempt));
  return fatal;
}
