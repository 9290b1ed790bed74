import type { Pace } from "../../../core/pace.ts";
import { type DeliverOptions, deliver, type Outcome } from "../deliver.ts";
import type { Journal, NewEntry } from "../journal.ts";
import { paced } from "../pace.ts";
import type { Relay } from "../relay/relay.ts";
import type { Source } from "../source.ts";
import type { Job } from "./batches.ts";
import type { Breaker } from "./breaker.ts";

export interface SendOptions extends DeliverOptions {
  /** For what only EventBridge can deliver. */
  readonly relay: Relay;
  readonly source: Source;
  readonly journal: Journal;
  readonly pace: Pace | undefined;
  readonly breaker: Breaker;
  /** Send no more. */
  readonly stop: AbortSignal;
}

/** What came of a job; undefined for one that was not begun, because the run stops or somebody else has the message. */
export interface Sent {
  readonly job: Job;
  readonly outcome: Outcome;
  /** Delivered, but the journal could not be told: it must not be deleted. */
  readonly unrecorded?: unknown;
}

/**
 * Sends one batch, in the order that loses nothing: the whole messages and the intent are on disk, then they are sent,
 * then what was acknowledged is on disk. Deleting is the caller's next step.
 */
export async function sendBatch(batch: readonly Job[], options: SendOptions): Promise<Sent[]> {
  const { pace, stop, clock } = options;
  if (isRelayed(batch)) {
    // What is on its way there for a minute or more must not count against the rate for so long.
    const room = await paced(pace, batch.length, clock, stop, async () => true);
    return room ? await sendNow(batch, options) : [];
  }
  return (await paced(pace, batch.length, clock, stop, () => sendNow(batch, options))) ?? [];
}

export const isRelayed = (batch: readonly Job[]): boolean => batch[0]?.verdict.sending.to === "relay";

async function sendNow(batch: readonly Job[], options: SendOptions): Promise<Sent[]> {
  const { source, journal, breaker, relay } = options;
  const jobs = batch.filter(({ scanned }) => {
    const safe = source.holds.isSafe(scanned.letter.messageId);
    // Its time has run out: another run may have it by now. It comes back to us when it is free.
    if (!safe) source.forget(scanned.letter.messageId);
    return safe;
  });
  if (jobs.length === 0) return [];
  await journal.append(
    jobs.flatMap(({ scanned, verdict: { sending } }) => [
      ...journal.copyOf(scanned.message),
      {
        entry: "sending" as const,
        messageId: scanned.letter.messageId,
        destination: sending.arn,
        deduplicationId: sending.once?.id,
      },
    ]),
  );
  const sendings = jobs.map(({ verdict }) => verdict.sending);
  const outcomes = isRelayed(jobs)
    ? await deliver(sendings, { ...options, gate: undefined }, relay.send)
    : await deliver(sendings, options);
  const sent = jobs.map((job, index): Sent => ({ job, outcome: outcomes[index]! }));
  for (const { job, outcome } of sent) {
    const failed = outcome.state !== "acknowledged";
    breaker.count(job.verdict.sending.arn, failed, failed ? outcome.reason : undefined);
  }
  try {
    await journal.append(sent.flatMap(record));
    return sent;
  } catch (unrecorded) {
    return sent.map((one) => ({ ...one, unrecorded }));
  }
}

/** What nobody knows is left open in the journal: that is what makes it in doubt for the next run. */
function record({ job: { scanned, verdict }, outcome }: Sent): NewEntry[] {
  const { messageId } = scanned.letter;
  if (outcome.state === "unanswered") return [];
  if (outcome.state === "refused") return [{ entry: "refused", messageId, reason: outcome.reason }];
  return [
    {
      entry: "acknowledged",
      messageId,
      id: outcome.id,
      fingerprint: verdict.fingerprint,
      redrives: verdict.redrives + 1,
      watchedMs: outcome.watchedMs,
    },
  ];
}
