import { renderDuration } from "../../core/duration.ts";
import type { Print, View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import { renderTable } from "../../shell/table.ts";
import type { ArchiveRow, ReplayHappening, ReplayPlan, ReplayRow } from "./happening.ts";
import { pacedPrint } from "./paced/view.ts";

export function replayView(screen: Screen): View<ReplayHappening> {
  const archives: ArchiveRow[] = [];
  const replays: ReplayRow[] = [];
  const { json, quiet } = screen;
  return (happening): Print | undefined => {
    switch (happening.kind) {
      case "archive":
        archives.push(happening.archive);
        return json ? { out: JSON.stringify(happening.archive) } : undefined;
      case "replay":
        if (json) return { out: JSON.stringify(replayJson(happening.replay)) };
        if (happening.isListed) replays.push(happening.replay);
        return happening.isListed ? undefined : { out: replayText(screen, happening.replay) };
      case "listed":
        return json ? undefined : listed(screen, archives, replays);
      case "plan":
        return planPrint(screen, happening);
      case "started":
        return quiet ? undefined : { err: `evb: replay ${happening.name} has started` };
      case "progress":
        return { progress: progressText(happening.replay) };
      case "leaving":
        return {
          err: `evb: replay ${happening.name} goes on\nhint: evb replay status ${happening.name} --wait\nhint: evb replay cancel ${happening.name}`,
        };
      case "cancelling":
        return quiet
          ? undefined
          : { err: `evb: replay ${happening.name} is being cancelled; what it has sent stays sent` };
      case "declined":
        return { err: "evb: nothing was started" };
      default:
        return pacedPrint(screen, happening);
    }
  };
}

function listed(screen: Screen, archives: readonly ArchiveRow[], replays: readonly ReplayRow[]): Print {
  if (archives.length > 0)
    return {
      out: renderTable(
        screen,
        ["archive", "bus", "state", "events", "bytes", "kept for"],
        archives.map(({ name, bus, state, events, bytes, retentionDays }) => [
          ...[name, bus, state, String(events), String(bytes)],
          retentionDays === 0 ? "ever" : `${retentionDays}d`,
        ]),
      ),
    };
  if (replays.length === 0) return screen.quiet ? {} : { err: "evb: none" };
  return {
    out: renderTable(
      screen,
      ["replay", "archive", "state", "from", "to", "done"],
      replays.map((replay) => [
        replay.name,
        replay.archive,
        replay.state,
        iso(replay.from),
        iso(replay.to),
        percentText(replay),
      ]),
    ),
  };
}

function planPrint(screen: Screen, plan: ReplayPlan): Print {
  const { name, archive, from, to, firings, notes, paced } = plan;
  if (screen.json) return { out: JSON.stringify(planJson(plan)) };
  const lines = firings.map(({ rule, never }) =>
    never === undefined
      ? `  ${screen.paint.green("→")} ${rule.name}  ${rule.targets.map(({ Id }) => Id).join(", ") || "no targets"}`
      : screen.paint.dim(`  · ${rule.name}  ${never}`),
  );
  const head = `replay ${name} of ${archive.name} (${archive.events} events in all) on bus ${archive.bus}\n  ${iso(from)} to ${iso(to)}, ${renderDuration(to - from)}`;
  const how =
    paced === undefined
      ? []
      : [
          `  put again on bus ${paced.to} at the gaps at which they came, ${paced.speed}x as fast: ${renderDuration((to - from) / paced.speed)} at most, and the time to read them`,
        ];
  return {
    out: [head, ...how, ...lines].join("\n"),
    err:
      screen.quiet || notes.length === 0 ? undefined : notes.map((note) => `evb: note: ${note}`).join("\n"),
  };
}

const planJson = ({ name, archive, from, to, firings, paced }: ReplayPlan) => ({
  name,
  status: "planned",
  archive: archive.name,
  bus: archive.bus,
  ...(paced && { paced }),
  from: iso(from),
  to: iso(to),
  rules: firings.map(({ rule, never }) => ({
    rule: rule.name,
    fires: never === undefined,
    ...(never === undefined ? { targets: rule.targets.map(({ Id }) => Id) } : { reason: never }),
  })),
});

function replayText(screen: Screen, replay: ReplayRow): string {
  const { name, archive, state, reason, from, to, at, startedAt, endedAt } = replay;
  const colour =
    state === "COMPLETED" ? screen.paint.green : state === "FAILED" ? screen.paint.red : screen.paint.yellow;
  return [
    `${screen.paint.bold(name)}  ${colour(state)}${reason === undefined ? "" : `  ${reason}`}`,
    `  archive  ${archive}`,
    `  events   ${iso(from)} to ${iso(to)}`,
    `  done     ${percentText(replay)}${at === undefined ? "" : `, up to ${iso(at)}`}`,
    ...(startedAt !== undefined && endedAt !== undefined
      ? [`  took     ${renderDuration(endedAt - startedAt)}`]
      : []),
  ].join("\n");
}

const replayJson = ({ from, to, at, startedAt, endedAt, ...replay }: ReplayRow) => ({
  ...replay,
  from: iso(from),
  to: iso(to),
  ...(at !== undefined && { lastReplayed: iso(at) }),
  ...(startedAt !== undefined && { startedAt: iso(startedAt) }),
  ...(endedAt !== undefined && { endedAt: iso(endedAt) }),
});

const progressText = (replay: ReplayRow): string =>
  `replay ${replay.name}: ${replay.state.toLowerCase()}, ${percentText(replay)}`;

/** By the time of the events: how many there are nobody says. */
function percentText({ state, from, to, at }: ReplayRow): string {
  if (state === "COMPLETED") return "100 %";
  return at === undefined
    ? "0 %"
    : `${Math.floor((100 * (Math.min(at, to) - from)) / Math.max(1, to - from))} %`;
}

const iso = (ms: number): string => new Date(ms).toISOString().replace(".000", "");
