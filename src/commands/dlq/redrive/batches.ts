import { planBatches } from "../../../core/event/batch.ts";
import type { Verdict } from "../../../core/redrive/verdict.ts";
import type { Scanned } from "../selection.ts";

/** One message that is to be sent. */
export interface Job {
  readonly scanned: Scanned;
  readonly verdict: Extract<Verdict, { do: "send" }>;
}

/** A request of SQS or PutEvents holds ten, below one MiB together. */
const limits = (entries: number) => ({ entries, requestBytes: 1024 * 1024 });

/**
 * Batches for one destination each, at most `most` messages. Of a FIFO queue no batch holds two messages of one group,
 * and they come in order: when one fails, those behind it are not sent yet.
 */
export function planSends(jobs: readonly Job[], fifo: boolean, most: number): (readonly Job[])[] {
  const batches: (readonly Job[])[] = [];
  for (const round of fifo ? rounds(jobs) : [jobs])
    for (const group of byDestination(round)) batches.push(...cut(group, Math.min(10, most)));
  return batches;
}

function byDestination(jobs: readonly Job[]): Iterable<Job[]> {
  const groups = new Map<string, Job[]>();
  for (const job of jobs) {
    const { arn } = job.verdict.sending;
    groups.set(arn, [...(groups.get(arn) ?? []), job]);
  }
  return groups.values();
}

function cut(jobs: readonly Job[], entries: number): (readonly Job[])[] {
  const sized = jobs.map((job) => ({ job, bytes: job.verdict.sending.bytes }));
  return planBatches(sized, limits(entries)).map((batch) => batch.map(({ job }) => job));
}

export const groupOf = ({ scanned }: Pick<Job, "scanned">): string =>
  scanned.message.system.MessageGroupId ?? "";

function rounds(jobs: readonly Job[]): Job[][] {
  const rounds: Job[][] = [];
  const seen = new Map<string, number>();
  for (const job of jobs) {
    const round = seen.get(groupOf(job)) ?? 0;
    seen.set(groupOf(job), round + 1);
    rounds[round] ??= [];
    rounds[round].push(job);
  }
  return rounds;
}
