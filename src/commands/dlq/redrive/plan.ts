import type { Clock } from "../../../core/clock.ts";
import type { Verdict } from "../../../core/redrive/verdict.ts";
import { type ScanOptions, scan } from "../scan.ts";
import type { Scanned } from "../selection.ts";
import type { Source } from "../source.ts";
import { renderDiff } from "./diff.ts";
import type { Fate, RedriveHappening, Tally } from "./happening.ts";

/** So many changed events are shown beside what they were. */
const shown = 3;

/**
 * Goes through the queue as a run would, and tells what a run would do. Takes messages for as long as it looks, and
 * gives them back when the source is closed.
 */
export async function* planRedrive(
  source: Source,
  scanning: ScanOptions,
  judge: (scanned: Scanned) => Promise<Verdict>,
  tally: Tally,
  clock: Clock,
): AsyncGenerator<RedriveHappening, void> {
  let diffs = 0;
  for await (const scanned of scan(source, scanning)) {
    let fate = planned(await judge(scanned));
    if (fate.status === "planned" && fate.changed !== undefined && diffs++ < shown)
      fate = { ...fate, diff: await renderDiff(scanned.letter.payload ?? "", fate.changed) };
    tally[fate.status]++;
    yield { kind: "message", letter: scanned.letter, fate, tally, at: clock.now() };
  }
}

function planned(verdict: Verdict): Fate {
  if (verdict.do === "skip") {
    const { reason, remedy, unchangeable } = verdict;
    return { status: "skipped", reason, remedy, ...(unchangeable && { unchangeable }) };
  }
  if (verdict.do === "delete") return { status: "planned", destination: "", earlier: true };
  const { sending, mayDouble } = verdict;
  return {
    status: "planned",
    destination: sending.arn,
    ...(mayDouble && { doubt: true as const }),
    ...(sending.to === "relay" && { relayed: true as const }),
    ...(verdict.changed !== undefined && { changed: verdict.changed }),
    ...(sending.to === "bus" && { rules: sending.rules }),
  };
}
