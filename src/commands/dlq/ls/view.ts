import { renderDuration } from "../../../core/duration.ts";
import { nameOfArn } from "../../../core/redrive/names.ts";
import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import type { LsOptions } from "./command.ts";
import type { LsHappening, LsRow } from "./run.ts";

export function lsView(screen: Screen, options: LsOptions): View<LsHappening> {
  const rows: LsRow[] = [];
  return (happening): Print | undefined => {
    if (happening.kind === "row") {
      rows.push(happening.row);
      return screen.json
        ? { out: JSON.stringify(rowJson(happening.row)) }
        : { progress: `${rows.length} targets looked at` };
    }
    const sorted = rows.sort((a, b) => depth(b) - depth(a));
    return {
      out: screen.json || rows.length === 0 ? undefined : renderTable(screen, header(), sorted.map(cells)),
      err: screen.quiet ? undefined : summary(happening.buses),
    };
  };

  function header(): string[] {
    const columns = ["rule", "target", "dead-letter queue", "messages", "in flight", "oldest", "kept for"];
    return options.all ? ["bus", ...columns] : columns;
  }

  function cells(row: LsRow): string[] {
    const { rule = "(the bus itself)", targetId = "-", deadLetterArn, queue } = row;
    const columns = [
      rule,
      targetId,
      deadLetterArn === undefined ? (queue ? "?" : screen.paint.red("none")) : nameOfArn(deadLetterArn),
    ];
    if (options.all) columns.unshift(row.bus);
    if (queue === undefined) return [...columns, "-", "-", "-", "-"];
    if (queue.status !== "ok") return [...columns, screen.paint.red(queue.why)];
    const { depth, inFlight, retentionSeconds } = queue.queue;
    const { oldestAgeMs, exact } = queue;
    const age = oldestAgeMs === undefined ? "-" : `${exact ? "" : "≥ "}${renderDuration(oldestAgeMs)}`;
    const keptMs = oldestAgeMs === undefined ? undefined : Math.max(0, retentionSeconds * 1000 - oldestAgeMs);
    const kept = keptMs === undefined ? "-" : `${exact ? "" : "≤ "}${renderDuration(keptMs)}`;
    return [...columns, String(depth), String(inFlight), age, kept];
  }

  function summary(buses: readonly string[]): string {
    const where = options.all ? `${buses.length} buses` : `bus ${buses[0]}`;
    const closed = rows.filter(({ queue }) => queue?.status === "denied").length;
    if (rows.length === 0) return `evb: no targets on ${where}`;
    const none = rows.filter((row) => row.deadLetterArn === undefined && row.queue === undefined).length;
    const full = rows.find((row) => depth(row) > 0);
    return [
      `evb: ${rows.length} ${rows.length === 1 ? "target" : "targets"} on ${where}${none > 0 ? `, ${none} without a dead-letter queue: what these fail to take is lost` : ""}`,
      ...(closed > 0 ? [`evb: ${closed} ${closed === 1 ? "of them" : "of these"} may not be looked at`] : []),
      ...(full?.deadLetterArn && !screen.json ? [`hint: evb dlq peek ${nameOfArn(full.deadLetterArn)}`] : []),
    ].join("\n");
  }
}

const depth = ({ queue }: LsRow): number => (queue?.status === "ok" ? queue.queue.depth : -1);

function rowJson({ bus, rule, targetId, targetArn, deadLetterArn, queue }: LsRow): Record<string, unknown> {
  const row = { bus, rule, targetId, targetArn, deadLetterArn };
  if (queue === undefined) return { ...row, status: "none" };
  if (queue.status !== "ok") return { ...row, status: queue.status, reason: queue.why };
  const { url, depth, inFlight, delayed, retentionSeconds } = queue.queue;
  const age = queue.oldestAgeMs === undefined ? undefined : Math.round(queue.oldestAgeMs / 1000);
  return {
    ...row,
    status: "ok",
    queueUrl: url,
    depth,
    inFlight,
    delayed,
    oldestAgeSeconds: age,
    oldestIsExact: age === undefined ? undefined : queue.exact,
    retentionSeconds,
    retentionLeftSeconds: age === undefined ? undefined : Math.max(0, retentionSeconds - age),
  };
}
