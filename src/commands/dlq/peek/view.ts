import { type Group, renderSparkline } from "../../../core/redrive/group.ts";
import { explainCode } from "../../../core/redrive/reasons.ts";
import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import { letterJson, renderLetter } from "../letter-view.ts";
import { endNotes } from "../notes.ts";
import type { RedriveHappening } from "../redrive/happening.ts";
import { redriveView } from "../redrive/view.ts";
import type { PeekOptions } from "./command.ts";
import { renderValue } from "./group-view.ts";
import type { PeekHappening } from "./run.ts";

/** So many messages are shown in full to a person; the groups count them all. */
const shown = 10;

type Letter = Extract<PeekHappening, { kind: "message" }>;

export function peekView(screen: Screen, options: PeekOptions): View<PeekHappening> {
  const { paint, paintErr } = screen;
  const most = options.filters.max ?? shown;
  const isFiltered = Object.entries(options.filters).some(
    ([name, value]) => name !== "max" && value !== undefined,
  );
  let redrive: View<RedriveHappening> | undefined;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "warning":
        return { err: `evb: ${paintErr.yellow("warning")}: ${happening.text}` };
      case "message":
        return letter(happening);
      case "full":
        return { out: `${renderLetter(happening.scanned, paint, true)}\n` };
      case "command":
        return { err: `evb: the command that does the same: ${happening.text}` };
      case "redrive":
        redrive ??= redriveView(screen, happening.options);
        return redrive(happening.happening);
      case "end":
        return { out: groupsText(happening), err: endText(happening) };
    }
  };

  function letter({ scanned, index, walked }: Letter): Print {
    if (options.groupsOnly || walked || (!screen.json && index >= most))
      return { progress: `${index + 1} messages looked at` };
    return {
      out: screen.json
        ? JSON.stringify(letterJson(scanned))
        : `${renderLetter(scanned, paint, options.full)}\n`,
    };
  }

  function groupsText(end: End): string | undefined {
    if (screen.json)
      return options.groupsOnly
        ? end.groups.map((group) => groupJson(end, group)).join("\n") || undefined
        : undefined;
    if (end.count === 0) return undefined;
    const from = Math.min(...end.groups.map(({ oldest }) => oldest ?? Number.POSITIVE_INFINITY));
    const to = Math.max(...end.groups.map(({ newest }) => newest ?? 0));
    const rows = end.groups.map((group) => [
      String(group.count),
      ...group.values.map(renderValue),
      group.oldest === undefined ? "-" : iso(group.oldest),
      renderSparkline(group, from, to, 12),
    ]);
    return renderTable(screen, ["count", ...end.fields.map(({ name }) => name), "oldest", "over time"], rows);
  }

  function endText(end: End): string | undefined {
    const lines: string[] = [];
    const { queue, count } = end;
    if (!screen.quiet)
      lines.push(
        `evb: ${count === 0 ? nothing(end) : `${count} ${word(count)} in queue ${queue.name}${seen(count)}${left(end)}`}`,
      );
    if (!screen.quiet && !screen.json && !options.groupsOnly && !end.walked && count > most)
      lines.push(`hint: the first ${most} are shown; --max ${count} shows all, --json one a line`);
    const at = end.fields.findIndex(({ name }) => name === "error-code");
    const worst = end.groups[0]?.values[at] as string | undefined;
    const reason = explainCode(worst);
    if (reason && !screen.quiet && !screen.json)
      lines.push(`hint: ${worst}: ${reason.meaning}; ${reason.remedy}`);
    lines.push(...endNotes(end));
    return lines.length > 0 ? lines.join("\n") : undefined;
  }

  /** What was left out must not look as if it were not there. */
  function seen(count: number): string {
    const { max = Number.POSITIVE_INFINITY } = options.filters;
    const pass = isFiltered ? ` ${count === 1 ? "passes" : "pass"} the filters` : "";
    return `${pass}${count < max ? "" : ` (--max ${max}; there may be more)`}`;
  }

  function nothing({ queue }: End): string {
    return queue.depth + queue.inFlight === 0
      ? `queue ${queue.name} is empty`
      : `no message in queue ${queue.name} ${isFiltered ? "passes the filters" : "can be seen"}`;
  }
}

type End = Extract<PeekHappening, { kind: "end" }>;

const word = (count: number): string => (count === 1 ? "message" : "messages");

const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

const left = ({ queue, groups }: End): string => {
  const oldest = Math.min(...groups.map((group) => group.oldest ?? Number.POSITIVE_INFINITY));
  if (!Number.isFinite(oldest) || queue.retentionSeconds === 0) return "";
  return `; the oldest is dropped by SQS at ${iso(oldest + queue.retentionSeconds * 1000)}`;
};

const camel = (field: string): string => field.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

function groupJson({ fields }: End, group: Group): string {
  return JSON.stringify({
    ...Object.fromEntries(
      fields.map(({ name, path }, index) => [path ? name : camel(name), group.values[index] ?? null]),
    ),
    count: group.count,
    oldest: group.oldest === undefined ? undefined : iso(group.oldest),
    newest: group.newest === undefined ? undefined : iso(group.newest),
    sampleMessageId: group.sample,
  });
}
