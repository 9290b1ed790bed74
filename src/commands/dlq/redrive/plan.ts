import type { Clock } from "../../../core/clock.ts";
import type { Verdict } from "../../../core/redrive/verdict.ts";
import { type ScanOptions, scan } from "../scan.ts";
import type { Scanned } from "../selection.ts";
import type { Source } from "../source.ts";
import type { Fate, RedriveHappening, Tally } from "./happening.ts";

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
  for await (const scanned of scan(source, scanning)) {
    const fate = planned(await judge(scanned));
    tally[fate.status]++;
    yield { kind: "message", letter: scanned.letter, fate, tally, at: clock.now() };
  }
}

function planned(verdict: Verdict): Fate {
  if (verdict.do === "skip") {
    const { reason, remedy } = verdict;
    return { status: "skipped", reason, remedy };
  }
  if (verdict.do === "delete") return { status: "planned", destination: "", earlier: true };
  const { sending, mayDouble } = verdict;
  return {
    status: "planned",
    destination: sending.arn,
    ...(mayDouble && { doubt: true as const }),
    ...(sending.to === "bus" && { rules: sending.rules }),
  };
}
