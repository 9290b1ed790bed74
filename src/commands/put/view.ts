import { renderDuration } from "../../core/duration.ts";
import { renderEntry } from "../../core/event/entry.ts";
import { metadataIdOf } from "../../core/event/metadata.ts";
import { billedUnits, renderPrice } from "../../core/event/size.ts";
import type { Print, View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import type { PutOptions } from "./command.ts";
import type { Plan, PutHappening, Tally } from "./happening.ts";
import type { BadItem, GoodItem } from "./items.ts";
import type { Outcome } from "./send.ts";
import { breakerBatches } from "./tally.ts";

/** So many lines are shown at a terminal; what failed is always shown. In a pipe and with `--json` all are. */
const shownLines = 20;

export function putView(screen: Screen, options: PutOptions): View<PutHappening> {
  let shown = 0;
  const mayShow = () => !screen.tty || ++shown <= shownLines;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "sent":
        return {
          out: lines(happening.outcomes, (o) => (screen.json ? jsonOf(o) : lineOf(o, screen, mayShow))),
        };
      case "planned":
        return {
          out: lines(happening.items, (item) =>
            screen.json
              ? plannedJson(item, happening.batch)
              : mayShow()
                ? plannedText(item, happening.batch, screen)
                : undefined,
          ),
        };
      case "warning":
        return { err: `evb: warning: ${happening.text}` };
      case "faulty":
        return { err: `evb: ${happening.place}: ${happening.faults.join("; ")}` };
      case "left-out":
        return leftOut(happening.item, screen);
      case "progress":
        return { progress: progressOf(happening) };
      case "plan":
        return screen.quiet ? undefined : { err: planText(happening.plan) };
      case "summary":
        return screen.quiet ? undefined : { err: summaryText(happening.tally, options, screen) };
      case "stopped":
        return {
          err: [
            ...(happening.sentence ? [`evb: ${happening.sentence}`] : []),
            ...happening.hints.map((hint) => `hint: ${hint}`),
          ].join("\n"),
        };
    }
  };
}

function leftOut({ index, place, faults }: BadItem, { json }: Screen): Print {
  const errorMessage = faults.join("; ");
  return json
    ? { out: JSON.stringify({ index, status: "failed", errorCode: "BAD_EVENT", errorMessage, place }) }
    : { err: `evb: ${place}: ${errorMessage}; left out` };
}

function lines<T>(items: readonly T[], line: (item: T) => string | undefined): string | undefined {
  const found = items.map(line).filter((text) => text !== undefined);
  return found.length > 0 ? found.join("\n") : undefined;
}

const about = ({ index, entry }: GoodItem) => ({
  source: entry.source,
  detailType: entry.detailType,
  bus: entry.bus,
  index,
});

function jsonOf(outcome: Outcome): string {
  const { item, attempts, status } = outcome;
  const { index, ...rest } = about(item);
  return JSON.stringify(
    status === "published"
      ? { index, status, eventId: outcome.eventId, ...rest, attempts, ...twice(outcome.maybeTwice, item) }
      : {
          index,
          status,
          errorCode: outcome.code,
          errorMessage: outcome.message,
          ...rest,
          attempts,
          ...twice(status === "unknown", item),
        },
  );
}

/** An earlier try may have arrived: said with what a consumer can know the copies by. */
function twice(maybe: boolean, { entry }: GoodItem): object {
  if (!maybe) return {};
  const metadataId = metadataIdOf(entry);
  return { maybeTwice: true, ...(metadataId === undefined ? {} : { metadataEventId: metadataId }) };
}

function plannedJson(item: GoodItem, batch: number): string {
  const { index, ...rest } = about(item);
  const sizes = { bytes: item.bytes, billedUnits: billedUnits(item.bytes), batch };
  return JSON.stringify({ index, status: "planned", ...rest, ...sizes, entry: renderEntry(item.entry) });
}

function lineOf(outcome: Outcome, { paint }: Screen, mayShow: () => boolean): string | undefined {
  const { item } = outcome;
  const what = `${item.entry.source}  ${item.entry.detailType}`;
  if (outcome.status === "published")
    return mayShow() ? `${paint.green("published")}  ${outcome.eventId}  ${what}` : undefined;
  const attempts = outcome.attempts === 1 ? "1 attempt" : `${outcome.attempts} attempts`;
  const why = `${outcome.code}${outcome.message ? `: ${outcome.message}` : ""} (${attempts})`;
  const status = outcome.status === "failed" ? paint.red("failed") : paint.yellow("unknown");
  const id = outcome.status === "unknown" ? metadataIdOf(item.entry) : undefined;
  const known = id === undefined ? "" : `; if it has arrived, its detail.metadata.eventId is ${id}`;
  return `${status}  ${item.place}  ${what}  ${why}${known}`;
}

function plannedText(item: GoodItem, batch: number, { paint }: Screen): string {
  const head = `${paint.cyan("planned")}  batch ${batch}  ${item.bytes} bytes  ${item.entry.bus}`;
  return `${head}\n${JSON.stringify(renderEntry(item.entry), undefined, 2)}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

function planText({ events, batches, bytes, billed }: Plan): string {
  if (events === 0) return "evb: no events: nothing would be sent";
  const size = `${bytes} bytes, billed as ${counted(billed, "event")} of 64 KB`;
  const batched = batches === 1 ? "1 batch" : `${batches} batches`;
  const price = `${renderPrice(billed)} at $1 a million`;
  return `evb: ${counted(events, "event")} in ${batched}, ${size}, ${price}; nothing was sent`;
}

function summaryText(tally: Tally, { bus, journal }: PutOptions, { paintErr }: Screen): string {
  const { published, failed, unknown, invalid, maybeTwice, before, beforeTwice, ms } = tally;
  const broken = invalid > 0 ? `${counted(invalid, "broken event")} left out` : undefined;
  const perhaps = beforeTwice > 0 ? `, ${beforeTwice} of them perhaps twice` : "";
  const earlier = before > 0 ? `; ${before} had been published before${perhaps} (${journal})` : "";
  if (published + failed + unknown === 0)
    return `evb: no event was sent${broken ? `, ${broken}` : ""}${earlier}`;
  const parts = [`published ${published}`];
  if (failed > 0) parts.push(paintErr.red(`failed ${failed}`));
  if (unknown > 0) parts.push(paintErr.yellow(`unknown ${unknown} (no answer came: they may have arrived)`));
  if (broken) parts.push(paintErr.red(broken));
  if (maybeTwice > 0) parts.push(`of these ${maybeTwice} perhaps twice (a first try got no answer)`);
  return `evb: ${parts.join(", ")}${bus === undefined ? "" : ` on ${bus}`} in ${renderDuration(ms)}${earlier}`;
}

function progressOf({
  tally,
  total: expected,
  isGuess,
}: Extract<PutHappening, { kind: "progress" }>): string {
  const { published, failed, unknown, invalid, barren, ms } = tally;
  const done = published + failed + unknown + invalid;
  // A guess that was too low is none any longer.
  const total = expected !== undefined && (!isGuess || expected > done) ? expected : undefined;
  const rate = ms > 0 ? (done / ms) * 1000 : 0;
  const left =
    total !== undefined && rate > 0 ? `, ${renderDuration(((total - done) / rate) * 1000)} left` : "";
  const failures = failed + unknown > 0 ? `, ${failed + unknown} failed` : "";
  const breaker = barren > 0 ? `, circuit breaker at ${barren} of ${breakerBatches}` : "";
  const of = total === undefined ? "" : ` of ${isGuess ? "about " : ""}${total}`;
  return `publishing: ${done}${of}, ${Math.round(rate)} a second${failures}${breaker}${left}`;
}
