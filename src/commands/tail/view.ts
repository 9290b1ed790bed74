import { isExpired } from "../../aws/credentials.ts";
import { renderDuration } from "../../core/duration.ts";
import { jsonLine, markedLine, oneLine } from "../../core/tail/line.ts";
import { renderSelected, select } from "../../core/tail/select.ts";
import type { Print, View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import { awsFault } from "../aws-fault.ts";
import { renderAttempt } from "./attempt-text.ts";
import type { TailOptions } from "./command.ts";
import { renderEvent } from "./event-text.ts";
import type { TailHappening } from "./happening.ts";
import { renderKept, renderLeft } from "./left-text.ts";
import { openSummary } from "./summary-view.ts";

export function tailView(screen: Screen, options: TailOptions): View<TailHappening> {
  const { paintErr } = screen;
  const note = (text: string): Print | undefined => (screen.quiet ? undefined : { err: `evb: ${text}` });
  const counts = options.summary && openSummary(screen, options.summary);
  return (happening) => {
    switch (happening.kind) {
      case "note":
        return note(`${paintErr.yellow("note")}: ${happening.text}`);
      case "leftovers":
        return note(
          `${paintErr.yellow("note")}: crashed tails have left ${happening.count === 1 ? "a queue" : "queues"} in this region; evb gc shows and removes them`,
        );
      case "listening":
        return note(listeningText(happening));
      case "event":
        return counts === undefined ? eventPrint(screen, options, happening) : counts.add(happening);
      case "attempt":
        return attemptPrint(screen, options, happening);
      case "trouble":
        return note(`${paintErr.yellow("warning")}: ${troubleText(happening)}`);
      case "recovered":
        return note("receiving again");
      case "unhandled":
        return { err: `evb: ${paintErr.yellow("warning")}: ${unhandledText(happening.count)}` };
      case "ending":
        return { progress: `removing ${happening.names.join(", ")}`, out: counts?.end() };
      case "kept":
        return { err: renderKept(happening) };
      case "left":
        return { err: renderLeft(happening, wordsOf) };
      case "summary":
        return note(summaryText(happening));
    }
  };
}

/** Whoever has signed in again need not start the tail again. */
function troubleText({ error, waitMs }: Of<"trouble">): string {
  const text = `${wordsOf(error)}; trying again in ${renderDuration(waitMs)}`;
  return isExpired(error)
    ? `${text}\nhint: sign in again, as with \`aws sso login\`: the tail goes on, and its queue keeps events for an hour`
    : text;
}

const listeningText = ({ bus, mark, pattern, name }: Of<"listening">): string =>
  `listening on event bus ${bus}${mark === undefined ? "" : ` as rule ${mark}`} for ${pattern} (${name})`;

const unhandledText = (count: number): string =>
  `${count} more ${count === 1 ? "event" : "events"} had come in and went with the queue, not handed over`;

type Of<K extends TailHappening["kind"]> = Extract<TailHappening, { kind: K }>;

/** With `--exec` stdout belongs to the command, unless machine output is wanted. */
function eventPrint(
  screen: Screen,
  options: TailOptions,
  { delivered, ok, at }: Of<"event">,
): Print | undefined {
  if (!ok || (options.handler?.kind === "exec" && !screen.json)) return undefined;
  const { body, value, mark } = delivered;
  const isMarked = mark !== undefined;
  if (options.select !== undefined) {
    const selected = renderSelected(select(value, options.select), screen.json || (isMarked && !screen.tty));
    return {
      out: screen.tty && !screen.json && isMarked ? `${mark}  ${selected}` : markedLine(mark, selected),
    };
  }
  if (screen.tty && !screen.json) return { out: renderEvent(delivered, at, screen) };
  return { out: screen.json || isMarked ? markedLine(mark, jsonLine(body, value)) : oneLine(body) };
}

function attemptPrint(screen: Screen, options: TailOptions, { delivered, report }: Of<"attempt">): Print {
  const { stdout, stderr, ok } = report;
  const isForStdout = ok && !screen.json && stdout !== undefined && stdout.length > 0;
  const said = [isForStdout ? undefined : stdout, stderr].map(textOf).filter((text) => text !== "");
  const line =
    screen.quiet && ok ? [] : [renderAttempt(delivered, report, options.handler!, screen.paintErr)];
  const err = [...said, ...line];
  return { out: isForStdout ? stdout : undefined, err: err.length > 0 ? err.join("\n") : undefined };
}

const textOf = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? "" : Buffer.from(bytes).toString("utf8").trimEnd();

function wordsOf(error: unknown): string {
  const known = awsFault(error) ?? error;
  return known instanceof Error ? known.message : String(known);
}

function summaryText({ tally, ms, removed }: Of<"summary">): string {
  const { events, filtered, failed } = tally;
  const parts = [
    `${events} ${events === 1 ? "event" : "events"} in ${renderDuration(ms)}`,
    ...(filtered > 0 ? [`${filtered} filtered out`] : []),
    ...(failed > 0 ? [`${failed} given up`] : []),
    ...(removed.length === 0 ? [] : [`${removed.join(", ")} removed`]),
  ];
  return parts.join(", ");
}
