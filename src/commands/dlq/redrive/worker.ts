import type { ItemResult } from "../../../aws/results.ts";
import type { Verdict } from "../../../core/redrive/verdict.ts";
import type { Tell } from "../crew.ts";
import { deleteSurely, whyNot } from "../delete.ts";
import type { Journal } from "../journal.ts";
import type { Scanned, Selection } from "../selection.ts";
import { groupOf, type Job, planSends } from "./batches.ts";
import type { Fate, RedriveHappening, Tally } from "./happening.ts";
import { isRelayed, type SendOptions, type Sent, sendBatch } from "./send.ts";

export interface WorkerOptions extends SendOptions {
  /** The queue is FIFO: order is kept within a group. */
  readonly fifo: boolean;
  readonly tally: Tally;
  readonly judge: (scanned: Scanned) => Promise<Verdict>;
  readonly selection: Pick<Selection, "skip">;
  /** Goes on beside what comes next; whoever gives the work waits for all of it in the end. */
  readonly aside: (work: () => Promise<void>) => Promise<void>;
}

type TellFate = (scanned: Scanned, fate: Fate) => Promise<void>;

/** Brings one received batch to its end: decides, sends, deletes, and tells what became of each message. */
export async function redriveBatch(
  scanned: readonly Scanned[],
  options: WorkerOptions,
  tell: Tell<RedriveHappening>,
): Promise<void> {
  const { tally, fifo, pace } = options;
  const tellFate: TellFate = async ({ letter }, fate) => {
    if (fate.status === "skipped" && !options.selection.skip(letter.messageId)) return;
    count(tally, fate);
    await tell({ kind: "message", letter, fate, tally, at: options.clock.now() });
  };
  const jobs: Job[] = [];
  const finished: Scanned[] = [];
  const blocked = new Set<string>();
  for (const one of scanned) {
    const verdict = fifo && blocked.has(groupOf({ scanned: one })) ? behind : await options.judge(one);
    if (verdict.do === "send") jobs.push({ scanned: one, verdict });
    else if (verdict.do === "delete") finished.push(one);
    else {
      blocked.add(groupOf({ scanned: one }));
      const { reason, remedy, cameBack } = verdict;
      await tellFate(one, { status: "skipped", reason, remedy, ...(cameBack && { cameBack }) });
    }
  }
  const results = await remove(finished, options);
  for (const [index, one] of finished.entries()) {
    const undeleted = whyNot(results[index]!);
    await tellFate(one, {
      status: "redriven",
      destination: "",
      earlier: true,
      ...(undeleted && { undeleted }),
    });
  }
  const failedGroups = new Set<string>();
  for (const batch of planSends(jobs, fifo, pace?.burst ?? 10)) {
    const ready = batch.filter((job) => !failedGroups.has(groupOf(job)));
    for (const { scanned: one } of batch.filter((job) => fifo && failedGroups.has(groupOf(job))))
      await tellFate(one, { status: "skipped", reason: behind.reason });
    if (ready.length === 0) continue;
    const work = async () => {
      const sent = await sendBatch(ready, options);
      const arrived = new Set(
        sent.filter(({ outcome }) => outcome.state === "acknowledged").map(({ job }) => job),
      );
      if (fifo) for (const job of ready) if (!arrived.has(job)) failedGroups.add(groupOf(job));
      await finish(sent, options, tellFate);
    };
    // A minute may pass until it is known how those went; only the order of a FIFO queue is worth it.
    if (isRelayed(ready) && !fifo) await options.aside(work);
    else await work();
  }
}

const behind: Extract<Verdict, { do: "skip" }> = {
  do: "skip",
  reason: "it stands behind a message of its group that was not redriven",
};

/** Deletes what was acknowledged and recorded, and tells of all. */
async function finish(sent: readonly Sent[], options: WorkerOptions, tell: TellFate): Promise<void> {
  const unrecorded = sent.find((one) => one.unrecorded !== undefined)?.unrecorded;
  const done = sent.filter(({ outcome }) => outcome.state === "acknowledged" && unrecorded === undefined);
  const deletions = await remove(
    done.map(({ job }) => job.scanned),
    options,
  );
  for (const one of sent) {
    const { scanned, verdict } = one.job;
    const destination = verdict.sending.arn;
    if (one.outcome.state !== "acknowledged") {
      const doubt = one.outcome.state === "unanswered";
      await tell(scanned, {
        status: "failed",
        destination,
        reason: one.outcome.reason,
        ...(doubt && { doubt }),
      });
      continue;
    }
    const deletion = deletions[done.indexOf(one)];
    const undeleted =
      deletion === undefined
        ? "the journal could not be written, so the next run sends it again"
        : whyNot(deletion);
    const { mayDouble, forgets, watchedMs } = one.outcome;
    const known = verdict.sending.once !== undefined && !forgets;
    const doubt = verdict.mayDouble || (verdict.again && forgets) || (mayDouble && !known);
    await tell(scanned, {
      status: "redriven",
      destination,
      ...(doubt && { doubt }),
      ...(undeleted !== undefined && { undeleted }),
      ...(watchedMs !== undefined && { watchedMs }),
    });
  }
  if (unrecorded !== undefined) throw unrecorded;
}

/** Deletes messages from the dead-letter queue and notes it. A failure costs nothing: the journal knows better. */
async function remove(scanned: readonly Scanned[], options: WorkerOptions): Promise<ItemResult[]> {
  const ids = scanned.map(({ letter }) => letter.messageId);
  const results = await deleteSurely(options.source, ids, options.clock);
  await noteDeleted(
    options.journal,
    ids.filter((_, index) => results[index]!.ok),
  );
  return results;
}

/** A journal without these lines only makes the next run look for messages that are gone; a full disk shows elsewhere. */
async function noteDeleted(journal: Journal, ids: readonly string[]): Promise<void> {
  await journal.note(ids.map((messageId) => ({ entry: "deleted", messageId }))).catch(() => {});
}

function count(tally: Tally, fate: Fate): void {
  tally[fate.status]++;
  if (fate.status === "redriven" && fate.undeleted !== undefined) tally.undeleted++;
  if (fate.status === "redriven" && fate.doubt) tally.doubled++;
  if (fate.status === "redriven" && fate.watchedMs !== undefined) tally.relayed++;
}
