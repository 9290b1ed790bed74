import { nameOfArn } from "../../../core/redrive/names.ts";
import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { describePlace } from "../queue.ts";
import type { RestoreOptions } from "./command.ts";
import type { RestoreHappening } from "./happening.ts";

type Of<K extends RestoreHappening["kind"]> = Extract<RestoreHappening, { kind: K }>;

/** Messages that failed are named one by one, but no more than a person reads. */
const named = 20;

export function restoreView(screen: Screen, options: RestoreOptions): View<RestoreHappening> {
  const { paintErr, quiet } = screen;
  const sources = new Set<string>();
  let ofSources = 0;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "warning":
        return { err: `evb: ${paintErr.yellow("warning")}: ${happening.text}` };
      case "began":
        return quiet ? undefined : { err: `evb: journal: ${happening.journal}` };
      case "message":
        return message(happening);
      case "cancelled":
        return { err: "evb: nothing was sent" };
      case "stopped":
        return { err: `evb: ${paintErr.red("error")}: stopped: ${happening.why}` };
      case "end":
        return { err: endText(screen, options, happening, { sources, count: ofSources }) };
    }
  };

  function message({ letter, status, reason, doubt, tally }: Of<"message">): Print {
    const { id, source, detailType } = letter.event ?? {};
    if (letter.kind === "sqs" && (status === "restored" || status === "planned")) {
      sources.add(nameOfArn(letter.origin ?? ""));
      ofSources++;
    }
    const line = {
      messageId: letter.messageId,
      status,
      reason,
      event: letter.event && { id, source, detailType },
      errorCode: letter.errorCode,
      possiblyDouble: doubt || undefined,
    };
    const failed = status === "failed" && tally.failed <= named && !screen.json;
    return {
      out: screen.json ? JSON.stringify(line) : undefined,
      err: failed
        ? `evb: ${paintErr.red("failed")}: ${letter.messageId}: ${reason}${doubt ? "; it may have arrived all the same" : ""}`
        : undefined,
      progress: `${tally.restored + tally.planned} ${options.dryRun ? "planned" : "restored"}, ${tally.failed} failed`,
    };
  }
}

/** Where messages of redrive policies had come from, and how many they are. */
interface Policies {
  readonly sources: ReadonlySet<string>;
  readonly count: number;
}

function endText(
  { paintErr, quiet }: Screen,
  options: RestoreOptions,
  { queue, tally, goOn, interrupted }: Of<"end">,
  { sources, count: ofSources }: Policies,
): string | undefined {
  const lines: string[] = [];
  const parts = [
    options.dryRun ? `${count(tally.planned)} would be sent` : `${count(tally.restored)} restored`,
  ];
  if (tally.skipped > 0) parts.push(`${tally.skipped} skipped (restored already, or held)`);
  if (tally.failed > 0) parts.push(`${tally.failed} failed`);
  if (!quiet)
    lines.push(`evb: ${interrupted ? "interrupted: " : ""}${parts.join(", ")}, to ${describePlace(queue)}`);
  if (tally.doubled > 0)
    lines.push(
      `evb: ${paintErr.yellow("warning")}: ${count(tally.doubled)} may be there twice: an earlier try ended without an answer`,
    );
  const [only, ...others] = [...sources].filter((name) => name !== queue.name);
  if (only !== undefined)
    lines.push(
      `evb: ${paintErr.yellow("warning")}: ${count(ofSources)} had come from ${[only, ...others].join(", ")} by a redrive policy, and SQS does not let a restored message say so: evb dlq redrive ${queue.name} --to queue:${only} takes it back`,
    );
  if (goOn !== undefined) lines.push(`evb: to go on: ${goOn}`);
  return lines.length > 0 ? lines.join("\n") : undefined;
}

const count = (messages: number): string => `${messages} ${messages === 1 ? "message" : "messages"}`;
