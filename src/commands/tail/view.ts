import { renderDuration } from "../../core/duration.ts";
import { jsonLine, oneLine } from "../../core/tail/line.ts";
import { renderSelected, select } from "../../core/tail/select.ts";
import type { Print, View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import { awsFault } from "../aws-fault.ts";
import { renderAttempt } from "./attempt-text.ts";
import type { TailOptions } from "./command.ts";
import { renderEvent } from "./event-text.ts";
import type { TailHappening } from "./happening.ts";
import { renderKept, renderLeft } from "./left-text.ts";

export function tailView(screen: Screen, options: TailOptions): View<TailHappening> {
  const { paintErr } = screen;
  const note = (text: string): Print | undefined => (screen.quiet ? undefined : { err: `evb: ${text}` });
  return (happening) => {
    switch (happening.kind) {
      case "note":
        return note(`${paintErr.yellow("note")}: ${happening.text}`);
      case "leftovers":
        return note(
          `${paintErr.yellow("note")}: crashed tails have left ${happening.count === 1 ? "a queue" : "queues"} in this region; evb gc shows and removes them`,
        );
      case "listening":
        return note(`listening on event bus ${happening.bus} for ${happening.pattern} (${happening.name})`);
      case "event":
        return eventPrint(screen, options, happening);
      case "attempt":
        return attemptPrint(screen, options, happening);
      case "trouble":
        return note(
          `${paintErr.yellow("warning")}: ${wordsOf(happening.error)}; trying again in ${renderDuration(happening.waitMs)}`,
        );
      case "recovered":
        return note("receiving again");
      case "ending":
        return { progress: `removing ${happening.name}` };
      case "kept":
        return { err: renderKept(happening) };
      case "left":
        return { err: renderLeft(happening, wordsOf) };
      case "summary":
        return note(summaryText(happening));
    }
  };
}

type Of<K extends TailHappening["kind"]> = Extract<TailHappening, { kind: K }>;

/** With `--exec` stdout belongs to the command, unless machine output is wanted. */
function eventPrint(
  screen: Screen,
  options: TailOptions,
  { delivered, ok, at }: Of<"event">,
): Print | undefined {
  if (!ok || (options.handler?.kind === "exec" && !screen.json)) return undefined;
  if (options.select !== undefined)
    return { out: renderSelected(select(delivered.value, options.select), screen.json) };
  if (screen.json) return { out: jsonLine(delivered.body, delivered.value) };
  return { out: screen.tty ? renderEvent(delivered, at, screen) : oneLine(delivered.body) };
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
    ...(removed === undefined ? [] : [`${removed} removed`]),
  ];
  return parts.join(", ");
}
