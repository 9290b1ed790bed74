import { renderDuration } from "../../../core/duration.ts";
import type { Print } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { Tally } from "./happening.ts";
import { count, type Of } from "./spoken.ts";

/** How far a run is; `expected` is how many messages there are to be, 0 where nobody knows. */
export function progressText(
  tally: Readonly<Tally>,
  at: number,
  expected: number,
  word: "planned" | "redriven",
): string {
  const done = tally.redriven + tally.planned;
  const seconds = (at - tally.since) / 1000;
  const rate = seconds > 1 ? done / seconds : undefined;
  const parts = [`${done} ${word}`, `${tally.skipped} skipped`, `${tally.failed} failed`];
  if (rate) parts.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`);
  const left = expected - done - tally.skipped - tally.failed;
  if (rate && left > 0) parts.push(`${renderDuration((left / rate) * 1000)} left`);
  return parts.join(", ");
}

/** What a run waits for. Where lines stay, the same is said once. */
export function waitingView({ quiet, lively }: Screen) {
  const said = new Set<Of<"waiting">["for"]>();
  return ({ count: waited, ms, for: why }: Of<"waiting">): Print | undefined => {
    if (quiet) return undefined;
    const text = {
      canary: `${count(waited)} sent first; waiting ${renderDuration(ms)} to see whether they come back`,
      held: `${count(waited)} of an interrupted run are still invisible; waiting up to ${renderDuration(ms)}`,
      relay: `EventBridge is delivering; waiting up to ${renderDuration(ms)} for failures to come back`,
    }[why];
    if (lively) return { progress: text };
    if (said.has(why) && why !== "canary") return undefined;
    said.add(why);
    return { err: `evb: ${text}` };
  };
}
