import { renderDuration } from "../../../core/duration.ts";
import type { Print } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { PacedHappening, PacedOutcome, PacedTally } from "./happening.ts";

export function pacedPrint(screen: Screen, happening: PacedHappening): Print | undefined {
  switch (happening.kind) {
    case "paced-reading":
      return {
        progress: `reading ${iso(happening.from)} to ${iso(happening.to)}: ${happening.events} events`,
      };
    case "paced-progress":
      return { progress: `${countText(happening.tally)}; next ${iso(happening.time)}` };
    case "paced-sent":
      return sentPrint(screen, happening.outcomes);
    case "paced-left":
      return {
        err: `evb: left behind: rule and queue ${happening.name}, as far as they are still there\nhint: evb gc ${happening.name} removes what is left`,
      };
    case "paced-end":
      return endPrint(screen, happening);
  }
}

function sentPrint({ json, paintErr }: Screen, outcomes: readonly PacedOutcome[]): Print | undefined {
  const failed = outcomes.filter(({ status }) => status === "failed");
  const lines = failed.map(
    (outcome) =>
      `evb: ${paintErr.red("error")}: event ${outcome.id} (${outcome.source}, ${outcome.detailType}) of ${outcome.time} was not sent: ${reasonOf(outcome)}`,
  );
  if (!json && lines.length === 0) return undefined;
  return {
    out: json ? outcomes.map((outcome) => JSON.stringify(outcome)).join("\n") : undefined,
    err: lines.length === 0 ? undefined : lines.join("\n"),
  };
}

const reasonOf = (outcome: PacedOutcome): string => (outcome.status === "published" ? "" : outcome.reason);

function endPrint(
  { quiet }: Screen,
  { tally, tookMs, slipMs, goOn }: Extract<PacedHappening, { kind: "paced-end" }>,
): Print {
  const lines = [
    ...(quiet ? [] : [`evb: ${countText(tally)}, in ${renderDuration(tookMs)}`]),
    ...(quiet || tally.skipped === 0
      ? []
      : ["evb: note: skipped are events of aws.* sources, which only AWS may send"]),
    // What is under a second is the network's.
    ...(quiet || slipMs < 1000
      ? []
      : [
          `evb: note: it took ${renderDuration(slipMs)} longer than the gaps alone: events were not read, or not taken, in time`,
        ]),
    // However quiet: what was not done must be known.
    ...(goOn === undefined ? [] : [`hint: to go on: ${goOn}`]),
  ];
  return { err: lines.length === 0 ? undefined : lines.join("\n") };
}

function countText({ published, skipped, failed }: PacedTally): string {
  const events = `${published} ${published === 1 ? "event" : "events"} sent`;
  const others = [
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(failed > 0 ? [`${failed} not sent`] : []),
  ];
  return [events, ...others].join(", ");
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(".000", "");
