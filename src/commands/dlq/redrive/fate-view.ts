import type { DeadLetter } from "../../../core/redrive/letter.ts";
import { nameOfArn } from "../../../core/redrive/names.ts";
import type { Screen } from "../../../shell/screen.ts";
import type { Fate } from "./happening.ts";

/** A line of `--json`. */
export function fateJson(letter: DeadLetter, fate: Fate): Record<string, unknown> {
  const { id, source, detailType } = letter.event ?? {};
  return {
    messageId: letter.messageId,
    status: fate.status,
    destination: "destination" in fate && fate.destination !== "" ? fate.destination : undefined,
    reason: reasonOf(fate),
    event: letter.event && { id, source, detailType },
    errorCode: letter.errorCode,
    possiblyDouble: "doubt" in fate && fate.doubt ? true : undefined,
    watchedSeconds:
      fate.status === "redriven" && fate.watchedMs !== undefined
        ? Math.round(fate.watchedMs / 1000)
        : undefined,
    stillInQueue: fate.status === "redriven" && fate.undeleted !== undefined ? true : undefined,
    rules: fate.status === "planned" ? fate.rules : undefined,
    changed: fate.status === "planned" && fate.changed ? JSON.parse(fate.changed) : undefined,
  };
}

function reasonOf(fate: Fate): string | undefined {
  if (fate.status === "skipped" || fate.status === "failed") return fate.reason;
  if (fate.status === "redriven" && fate.undeleted !== undefined)
    return `delivered, but not deleted: ${fate.undeleted}`;
  return fate.earlier ? "an earlier run delivered it; only the deletion was missing" : undefined;
}

/** What the transform would make of an event. */
export function diffText({ paint }: Screen, { messageId }: DeadLetter, diff: readonly string[]): string {
  if (diff.length === 0) return `${paint.bold(messageId)} stays as it is\n`;
  const colour = { "-": paint.red, "+": paint.green };
  const lines = diff.map((line) => (colour[line[0] as "+" | "-"] ?? String)(`  ${line}`));
  return `${paint.bold(messageId)} would be changed:\n${lines.join("\n")}\n`;
}

/** `undefined` for what has come to where it was to go, and is out of the queue. */
export function failureText({ paintErr }: Screen, { messageId }: DeadLetter, fate: Fate): string | undefined {
  const word = paintErr.red("failed");
  if (fate.status === "redriven" && fate.undeleted !== undefined)
    return `evb: ${word}: ${messageId}: delivered, but still in the queue (${fate.undeleted})`;
  if (fate.status !== "failed") return undefined;
  const doubt = fate.doubt ? "; it may have arrived all the same" : "";
  return `evb: ${word}: ${messageId}: ${nameOfArn(fate.destination)}: ${fate.reason}${doubt}`;
}
