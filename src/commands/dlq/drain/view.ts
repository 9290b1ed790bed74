import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { endNotes } from "../notes.ts";
import { describePlace } from "../queue.ts";
import type { DrainOptions } from "./command.ts";
import type { DrainHappening } from "./run.ts";

type Of<K extends DrainHappening["kind"]> = Extract<DrainHappening, { kind: K }>;

export function drainView(screen: Screen, options: DrainOptions): View<DrainHappening> {
  const { paintErr, quiet } = screen;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "found":
        return quiet
          ? undefined
          : { err: `evb: ${happening.file} holds ${happening.count} already; adding to it` };
      case "line":
        return { out: happening.text };
      case "message":
        return message(happening);
      case "cancelled":
        return { err: "evb: nothing was deleted" };
      case "stopped":
        return { err: `evb: ${paintErr.red("error")}: stopped: ${happening.why}` };
      case "end":
        return { err: end(happening) };
    }
  };

  function message({ letter, undeleted, done }: Of<"message">): Print {
    const { id, source, detailType } = letter.event ?? {};
    const line = {
      messageId: letter.messageId,
      status: undeleted !== undefined ? "failed" : options.keep ? "copied" : "drained",
      reason: undeleted && `written, but not deleted: ${undeleted}`,
      event: letter.event && { id, source, detailType },
      errorCode: letter.errorCode,
    };
    return {
      out: screen.json && options.to !== "-" ? JSON.stringify(line) : undefined,
      err:
        undeleted && !screen.json
          ? `evb: ${paintErr.red("failed")}: ${letter.messageId}: ${line.reason}`
          : undefined,
      progress: `${done} messages written`,
    };
  }

  function end(happening: Of<"end">): string | undefined {
    const { count, undeleted, queue, goOn } = happening;
    const lines: string[] = [];
    const where = options.to === "-" ? "standard output" : options.to;
    const kept = options.keep
      ? ", and all are still in the queue"
      : undeleted > 0
        ? `, of which ${undeleted} are still in the queue`
        : "";
    if (!quiet)
      lines.push(
        `evb: ${count} ${count === 1 ? "message" : "messages"} of ${describePlace(queue)} written to ${where}${kept}`,
      );
    lines.push(...endNotes(happening));
    if (!quiet && !options.keep && options.to !== "-" && count > 0)
      lines.push(`hint: evb dlq restore ${options.to} --to ${queue.name} puts them back`);
    if (goOn !== undefined) lines.push(`evb: to go on: ${goOn}`);
    return lines.length > 0 ? lines.join("\n") : undefined;
  }
}
