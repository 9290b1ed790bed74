import { renderDuration } from "../../core/duration.ts";
import { holdSeconds, longestStep } from "./holds.ts";

/** What a run could not see or give back. */
export interface Unseen {
  /** Messages in flight that this run did not hold. */
  readonly elsewhere: number;
  /** Messages that stay invisible for a while. */
  readonly late: number;
  /** The queue gave out no more although it was not empty. */
  readonly full: boolean;
  /** Messages of a FIFO queue behind others of their group that were left in it. */
  readonly behind: number;
  /** Of those in flight, what an earlier run of ours has left so. */
  readonly unseen?: number;
}

/** One line each; nothing where there is nothing to say. */
export function endNotes({ elsewhere, late, full, behind, unseen = 0 }: Unseen): string[] {
  const lines: string[] = [];
  if (full)
    lines.push(
      "evb: so many messages are in flight that the queue gives out no more; its end was not reached",
    );
  if (behind > 0)
    lines.push(
      `evb: ${count(behind)} not seen: they stand behind messages of their group that were left in the queue`,
    );
  if (unseen > 0)
    lines.push(
      `evb: ${count(unseen)} still invisible: an earlier run that was cut off held them; SQS gives them back within ${renderDuration(longestStep * 1000)}`,
    );
  if (elsewhere > unseen)
    lines.push(`evb: ${count(elsewhere - unseen)} in flight elsewhere: a consumer or another run holds them`);
  if (late > 0)
    lines.push(
      `evb: ${count(late)} could not be given back at once; they return by themselves within ${renderDuration(holdSeconds * 1000)}, or ${renderDuration(longestStep * 1000)} where they were held for long`,
    );
  return lines;
}

const count = (messages: number): string => `${messages} ${messages === 1 ? "message" : "messages"}`;
