import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { nativeText } from "../native/view.ts";
import type { RedriveOptions } from "./command.ts";
import { endPrint } from "./end-view.ts";
import { diffText, failureText, fateJson } from "./fate-view.ts";
import type { RedriveHappening } from "./happening.ts";
import { isUnfiltered, planPrint } from "./plan-view.ts";
import { progressText, waitingView } from "./progress-view.ts";
import { named, type Of, spoken } from "./spoken.ts";
import { openTotals } from "./totals.ts";

export function redriveView(screen: Screen, options: RedriveOptions): View<RedriveHappening> {
  const totals = openTotals();
  const waiting = waitingView(screen);
  let failures = 0;
  // How many messages there are is known after a plan, or without filters; 0 otherwise.
  let planned: number | undefined;
  let expected = 0;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "native":
        return nativeText(screen, happening);
      case "began":
        expected = planned ?? depthOf(happening);
        totals.clear();
        return screen.quiet ? undefined : { err: `evb: journal: ${happening.journal}` };
      case "message":
        return message(happening);
      case "plan":
        planned = happening.tally.planned + happening.tally.skipped;
        return planPrint(screen, options, totals, happening);
      case "waiting":
        return waiting(happening);
      case "end":
        return endPrint(screen, options, totals, happening);
      default:
        return spoken(screen, happening);
    }
  };

  function message({ letter, fate, tally, at }: Of<"message">): Print {
    totals.add(letter, fate);
    const failure = failureText(screen, letter, fate);
    if (failure !== undefined) failures++;
    const diff = fate.status === "planned" ? fate.diff : undefined;
    const changes = diff && diffText(screen, letter, diff);
    return {
      out: screen.json ? JSON.stringify(fateJson(letter, fate)) : changes,
      err: failures <= named && !screen.json ? failure : undefined,
      progress: progressText(tally, at, expected, options.dryRun ? "planned" : "redriven"),
    };
  }

  function depthOf({ queue }: Of<"began">): number {
    const { filters } = options;
    return isUnfiltered(filters) ? Math.min(queue.depth, filters.max ?? Number.POSITIVE_INFINITY) : 0;
  }
}
