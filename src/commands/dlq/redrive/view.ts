import { renderDuration } from "../../../core/duration.ts";
import { renderDestination } from "../../../core/redrive/destination.ts";
import type { DeadLetter } from "../../../core/redrive/letter.ts";
import { nameOfArn } from "../../../core/redrive/names.ts";
import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { nativeText } from "../native/view.ts";
import { endNotes } from "../notes.ts";
import { describePlace } from "../queue.ts";
import type { RedriveOptions } from "./command.ts";
import type { Fate, RedriveHappening, Tally } from "./happening.ts";
import { openTotals } from "./totals.ts";

type Of<K extends RedriveHappening["kind"]> = Extract<RedriveHappening, { kind: K }>;

/** Messages that failed are named one by one, but no more than a person reads. */
const named = 20;

export function redriveView(screen: Screen, options: RedriveOptions): View<RedriveHappening> {
  const { paintErr, quiet } = screen;
  const totals = openTotals();
  const waitedFor = new Set<Of<"waiting">["for"]>();
  let failures = 0;
  const { max = Number.POSITIVE_INFINITY, ...filters } = options.filters;
  const isUnfiltered = Object.values(filters).every((value) => value === undefined);
  // How many messages there are is known after a plan, or without filters; 0 otherwise.
  let planned: number | undefined;
  let expected = 0;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "warning":
        return { err: `evb: ${paintErr.yellow("warning")}: ${happening.text}` };
      case "hint":
        return quiet ? undefined : { err: `hint: ${happening.text}` };
      case "native":
        return nativeText(screen, happening);
      case "began":
        expected = planned ?? (isUnfiltered ? Math.min(happening.queue.depth, max) : 0);
        totals.clear();
        return quiet ? undefined : { err: `evb: journal: ${happening.journal}` };
      case "message":
        return message(happening);
      case "plan":
        return plan(happening);
      case "waiting":
        return waiting(happening);
      case "canary":
        return canary(happening);
      case "cancelled":
        return { err: "evb: nothing was sent" };
      case "stopped":
        return { err: `evb: ${paintErr.red("error")}: stopped: ${happening.why}` };
      case "left":
        return {
          err: `evb: left at once${left(happening)}${leftParts(happening.parts)}\nevb: to go on: ${happening.goOn}`,
        };
      case "remnant":
        return {
          err: `evb: left behind: ${happening.part} ${happening.name} (${happening.why})\nhint: evb gc ${happening.name} removes what is left`,
        };
      case "end":
        return end(happening);
    }
  };

  function message({ letter, fate, tally, at }: Of<"message">): Print {
    totals.add(letter, fate);
    const failed = fate.status === "failed" || (fate.status === "redriven" && fate.undeleted !== undefined);
    if (failed) failures++;
    const diff = fate.status === "planned" && fate.diff && !screen.json;
    return {
      out: screen.json
        ? JSON.stringify(fateJson(letter, fate))
        : diff
          ? diffText(letter, fate.diff)
          : undefined,
      err: failed && failures <= named && !screen.json ? failureText(letter, fate) : undefined,
      progress: progressText(tally, at),
    };
  }

  function diffText({ messageId }: DeadLetter, diff: readonly string[]): string {
    if (diff.length === 0) return `${screen.paint.bold(messageId)} stays as it is\n`;
    const colour = { "-": screen.paint.red, "+": screen.paint.green };
    const lines = diff.map((line) => (colour[line[0] as "+" | "-"] ?? String)(`  ${line}`));
    return `${screen.paint.bold(messageId)} would be changed:\n${lines.join("\n")}\n`;
  }

  function progressText(tally: Readonly<Tally>, at: number): string {
    const done = tally.redriven + tally.planned;
    const seconds = (at - tally.since) / 1000;
    const rate = seconds > 1 ? done / seconds : undefined;
    const parts = [
      `${done} ${options.dryRun ? "planned" : "redriven"}`,
      `${tally.skipped} skipped`,
      `${tally.failed} failed`,
    ];
    if (rate) parts.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`);
    const left = expected - done - tally.skipped - tally.failed;
    if (rate && left > 0) parts.push(`${renderDuration((left / rate) * 1000)} left`);
    return parts.join(", ");
  }

  function failureText({ messageId }: DeadLetter, fate: Fate): string {
    const word = paintErr.red("failed");
    if (fate.status === "redriven")
      return `evb: ${word}: ${messageId}: delivered, but still in the queue (${fate.undeleted})`;
    if (fate.status !== "failed") return "";
    const doubt = fate.doubt ? "; it may have arrived all the same" : "";
    return `evb: ${word}: ${messageId}: ${nameOfArn(fate.destination)}: ${fate.reason}${doubt}`;
  }

  function plan({ queue, to, tally, unseen }: Of<"plan">): Print {
    const total = tally.planned + tally.skipped;
    planned = total;
    const table = screen.json || total === 0 ? undefined : totals.table(screen);
    const notes = endNotes(unseen);
    if (quiet) return { out: table, err: notes.join("\n") || undefined };
    const place = describePlace(queue);
    const lines =
      total === 0
        ? [
            isUnfiltered
              ? `evb: ${place} holds nothing to redrive`
              : `evb: no message of ${place} passes the filters`,
          ]
        : [
            `evb: ${count(tally.planned)} of ${place} would go to ${renderDestination(to)}, ${tally.skipped} would be skipped`,
          ];
    if (options.dryRun && total > 0)
      lines.push(`evb: nothing was sent${unseen.late > 0 ? "" : ", and every message is back in the queue"}`);
    lines.push(...notes);
    for (const hint of totals.remedies()) lines.push(`hint: ${hint}`);
    return { out: table, err: lines.join("\n") };
  }

  function waiting({ count: waited, ms, for: why }: Of<"waiting">): Print | undefined {
    if (quiet) return undefined;
    const text = {
      canary: `${count(waited)} sent first; waiting ${renderDuration(ms)} to see whether they come back`,
      held: `${count(waited)} of an interrupted run are still invisible; waiting up to ${renderDuration(ms)}`,
      relay: `EventBridge is delivering; waiting up to ${renderDuration(ms)} for failures to come back`,
    }[why];
    if (screen.lively) return { progress: text };
    if (waitedFor.has(why) && why !== "canary") return undefined;
    waitedFor.add(why);
    return { err: `evb: ${text}` };
  }

  function canary({ sent, back }: Of<"canary">): Print | undefined {
    if (back.length === 0)
      return quiet ? undefined : { err: `evb: none of the ${count(sent)} came back; going on` };
    return {
      err: back
        .slice(0, named)
        .map(
          (letter) =>
            `evb: ${paintErr.red("came back")}: ${letter.messageId}: ${letter.errorCode ?? "no error code"}${letter.errorMessage ? `: ${letter.errorMessage}` : ""}`,
        )
        .join("\n"),
    };
  }

  function end(happening: Of<"end">): Print {
    const { queue, tally, goOn, interrupted } = happening;
    const lines: string[] = [];
    const parts = [`${count(tally.redriven)} redriven`];
    if (tally.skipped > 0) parts.push(`${tally.skipped} skipped`);
    if (tally.failed > 0) parts.push(`${tally.failed} failed`);
    if (tally.undeleted > 0) parts.push(`${tally.undeleted} delivered but not deleted`);
    if (!quiet)
      lines.push(`evb: ${interrupted ? "interrupted: " : ""}${parts.join(", ")}, of ${describePlace(queue)}`);
    if (tally.throttled > 0 && !quiet)
      lines.push(
        `evb: ${tally.throttled} ${tally.throttled === 1 ? "call was" : "calls were"} throttled, so fewer were made at a time`,
      );
    if (tally.doubled > 0)
      lines.push(
        `evb: ${paintErr.yellow("warning")}: ${count(tally.doubled)} may have arrived twice: an earlier try ended without an answer`,
      );
    if (tally.relayed > 0 && !quiet)
      lines.push(
        `evb: ${count(tally.relayed)} went through a temporary bus: EventBridge has taken them, and for ${renderDuration(options.watchMs)} no failure came back; more it does not tell`,
      );
    lines.push(...endNotes(happening));
    if (!quiet) for (const hint of totals.remedies()) lines.push(`hint: ${hint}`);
    if (goOn !== undefined) lines.push(`evb: to go on: ${goOn}`);
    const skipped = tally.skipped + tally.failed > 0 && !screen.json;
    return {
      out: skipped ? totals.table(screen) : undefined,
      err: lines.length > 0 ? lines.join("\n") : undefined,
    };
  }
}

const left = ({ held, ms }: Of<"left">): string =>
  held === 0
    ? ""
    : `; ${count(held)} stay invisible for up to ${renderDuration(ms)} and then return by themselves`;

const leftParts = (name: string | undefined): string =>
  name === undefined
    ? ""
    : `\nevb: left behind: event bus and queue ${name}\nhint: evb gc ${name} removes them`;

const count = (messages: number): string => `${messages} ${messages === 1 ? "message" : "messages"}`;

function fateJson(letter: DeadLetter, fate: Fate): Record<string, unknown> {
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
