import type { Print } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { describePlace } from "../queue.ts";
import type { RedriveHappening } from "../redrive/happening.ts";

type Native = Extract<RedriveHappening, { kind: "native" }>;

/** What SQS's own task is doing. */
export function nativeText({ json, quiet, paintErr }: Screen, happening: Native): Print | undefined {
  const { queue, state, moved, toMove, why } = happening;
  const so = toMove === undefined ? count(moved) : `${moved} of about ${count(toMove)}`;
  const out = json
    ? JSON.stringify({ queue: queue.arn, status: state, moved, toMove, reason: why })
    : undefined;
  const place = describePlace(queue);
  switch (state) {
    case "planned":
      return {
        out,
        err: quiet
          ? undefined
          : `evb: SQS would move about ${count(toMove ?? 0)} of ${place}; nothing was started`,
      };
    case "started":
      return quiet
        ? undefined
        : { err: `evb: SQS has begun to move the messages of ${place}; Ctrl-C cancels it` };
    case "moving":
      return { progress: `${so} moved` };
    case "cancelling":
      return { progress: `cancelling: ${so} moved` };
    case "completed":
      return { out, err: quiet ? undefined : `evb: SQS has moved ${so} of ${place}` };
    case "cancelled":
      return {
        out,
        err: `evb: cancelled: SQS has moved ${so} of ${place}; the others are where they were`,
      };
    case "failed":
      return {
        out,
        err: [
          `evb: ${paintErr.red("error")}: SQS has stopped after ${so} of ${place}: ${why}`,
          ...(why === "CouldNotDetermineMessageSource"
            ? ["hint: a message did not come by a redrive policy; without --native each goes where it can"]
            : []),
        ].join("\n"),
      };
    case "left":
      return { err: `evb: not watched any longer: SQS may still be moving messages of ${place}` };
  }
}

const count = (messages: number): string => `${messages} ${messages === 1 ? "message" : "messages"}`;
