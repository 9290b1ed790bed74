import { planBatches } from "../../../core/event/batch.ts";
import type { Pace } from "../../../core/pace.ts";
import { deduplicationMs, makeParcel, type Parcel } from "../../../core/redrive/outgoing.ts";
import { type DeliverOptions, deliver } from "../deliver.ts";
import type { Journal, NewEntry } from "../journal.ts";
import { paced } from "../pace.ts";
import type { OpenQueue } from "../queue.ts";
import type { Chosen } from "./choose.ts";
import type { RestoreHappening, RestoreTally } from "./happening.ts";

export interface SendOptions extends DeliverOptions {
  readonly journal: Journal;
  readonly queue: OpenQueue;
  readonly pace: Pace | undefined;
  readonly tally: RestoreTally;
  readonly stop: AbortSignal;
}

/** Requests in flight together. A FIFO queue gets one at a time, so that the order of the file stays. */
const calls = 8;

/** Sends what was chosen, ten to a request; tells of each message. */
export async function* sendChosen(
  chosen: AsyncIterable<Chosen>,
  options: SendOptions,
): AsyncGenerator<RestoreHappening, void> {
  const { queue, pace, tally, stop } = options;
  const most = Math.min(10, pace?.burst ?? 10);
  const together = queue.fifo ? 1 : most * calls;
  let waiting: Chosen[] = [];
  for await (const one of chosen) {
    if (stop.aborted) return;
    if (one.skip !== undefined) {
      tally.skipped++;
      yield { kind: "message", letter: one.letter, status: "skipped", reason: one.skip, tally };
      continue;
    }
    waiting.push(one);
    if (waiting.length < together) continue;
    yield* sendAll(waiting, most, options);
    waiting = [];
  }
  if (!stop.aborted) yield* sendAll(waiting, most, options);
}

async function* sendAll(
  chosen: readonly Chosen[],
  entries: number,
  options: SendOptions,
): AsyncGenerator<RestoreHappening, void> {
  const { queue, clock } = options;
  const arn = { arn: queue.arn, url: queue.url, deadLetterArn: undefined };
  const packed = chosen.map((one) => {
    const parcel = makeParcel(one.message, arn, clock.now(), {
      deduplicationId: one.before?.deduplicationId,
    });
    return { one, parcel, bytes: parcel.bytes };
  });
  const batches = planBatches(packed, { entries, requestBytes: 1024 * 1024 });
  // All come to rest before the first error is thrown, so that the journal is not closed under a write.
  const results = await Promise.allSettled(batches.map((batch) => sendBatch(batch, options)));
  for (const result of results) if (result.status === "fulfilled") yield* result.value;
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

type Packed = readonly { readonly one: Chosen; readonly parcel: Parcel }[];

async function sendBatch(batch: Packed, options: SendOptions): Promise<RestoreHappening[]> {
  const { pace, clock, stop } = options;
  return (await paced(pace, batch.length, clock, stop, () => sendNow(batch, options))) ?? [];
}

async function sendNow(batch: Packed, options: SendOptions): Promise<RestoreHappening[]> {
  const { journal, queue, tally, clock } = options;
  await journal.append(
    batch.map(({ one, parcel: { deduplicationId } }) => ({
      entry: "sending",
      messageId: one.message.messageId,
      destination: queue.arn,
      deduplicationId,
    })),
  );
  const now = clock.now();
  const outcomes = await deliver(
    batch.map(({ parcel }) => ({ to: "queue", arn: queue.arn, url: queue.url, parcel, bytes: parcel.bytes })),
    options,
  );
  await journal.append(
    batch.flatMap(({ one: { message } }, index): NewEntry[] => {
      const outcome = outcomes[index]!;
      const { messageId } = message;
      if (outcome.state === "acknowledged")
        return [{ entry: "acknowledged" as const, messageId, id: outcome.id }];
      return outcome.state === "refused"
        ? [{ entry: "refused" as const, messageId, reason: outcome.reason }]
        : [];
    }),
  );
  return batch.map(({ one: { letter, before }, parcel }, index): RestoreHappening => {
    const outcome = outcomes[index]!;
    if (outcome.state !== "acknowledged") {
      tally.failed++;
      const { reason, state } = outcome;
      return { kind: "message", letter, status: "failed", reason, doubt: state === "unanswered", tally };
    }
    tally.restored++;
    const known = parcel.deduplicationId !== undefined;
    const forgotten = before !== undefined && !(known && now - before.firstAt < deduplicationMs);
    const doubt = forgotten || (outcome.mayDouble && !known);
    if (doubt) tally.doubled++;
    return { kind: "message", letter, status: "restored", doubt, tally };
  });
}
