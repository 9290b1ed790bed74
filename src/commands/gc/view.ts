import { renderDuration } from "../../core/duration.ts";
import type { Leftover } from "../../core/tail/leftovers.ts";
import { isRedriveName } from "../../core/tail/name.ts";
import type { View } from "../../shell/play.ts";
import type { Screen } from "../../shell/screen.ts";
import { awsFault } from "../aws-fault.ts";
import type { Remnant } from "../temporary.ts";
import type { GcOptions } from "./command.ts";
import type { GcHappening } from "./run.ts";

export function gcView(screen: Screen, options: GcOptions): View<GcHappening> {
  const note = (text: string) => (screen.quiet ? undefined : { err: `evb: ${text}` });
  return (happening) => {
    switch (happening.kind) {
      case "plan":
        return screen.json ? jsonPlan(happening, options) : textPlan(happening, screen, options);
      case "removed":
        return screen.json
          ? { out: renderJson(happening.leftover, "removed") }
          : note(`${happening.leftover.name} removed`);
      case "failed": {
        const reason = happening.remnants.map(renderRemnant).join("; ");
        return {
          out: screen.json ? renderJson(happening.leftover, "failed", reason) : undefined,
          err: `evb: ${screen.paintErr.red("failed")}: ${happening.leftover.name}: ${reason}`,
        };
      }
      case "refused":
        return note("nothing was removed");
      case "summary":
        return note(
          `${happening.removed} removed${happening.failed > 0 ? `, ${happening.failed} failed` : ""}`,
        );
    }
  };
}

type Plan = Extract<GcHappening, { kind: "plan" }>;

/** What is about to be removed is told when it has been; the rest is told now. */
function jsonPlan({ found, going }: Plan, { dryRun }: GcOptions) {
  const lines = found.flatMap((leftover) => {
    if (!going.includes(leftover)) return [renderJson(leftover, "skipped", reasons[leftover.state])];
    return dryRun ? [renderJson(leftover, "planned")] : [];
  });
  return lines.length > 0 ? { out: lines.join("\n") } : undefined;
}

function textPlan({ found, going, where }: Plan, { quiet, paint }: Screen, { dryRun }: GcOptions) {
  const lines = found.map((leftover) => {
    const verdict = going.includes(leftover)
      ? dryRun
        ? "would go"
        : "goes"
      : `stays: ${reasons[leftover.state]}`;
    const cells = [
      leftover.name,
      renderDuration(leftover.age).padEnd(8),
      leftover.owner,
      partsOf(leftover),
      verdict,
    ];
    return going.includes(leftover) ? cells.join("  ") : paint.dim(cells.join("  "));
  });
  const none = going.length === 0 ? `evb: nothing to remove in ${where}` : undefined;
  return { out: lines.length > 0 ? lines.join("\n") : undefined, err: quiet ? undefined : none };
}

const reasons = {
  expired: "it was not named",
  running: "its run is at work, or was minutes ago",
  kept: "it was left on purpose (--keep)",
  young: "it is younger than --older-than",
} as const;

const partsOf = ({ name, bus, queueUrl }: Leftover): string =>
  [
    bus === undefined ? [] : [isRedriveName(name) ? "event bus" : `rule on ${bus}`],
    queueUrl === undefined ? [] : ["queue"],
  ]
    .flat()
    .join(" and ");

function renderJson(
  { name, owner, age, bus, queueUrl, state }: Leftover,
  status: string,
  reason?: string,
): string {
  const ageSeconds = Math.round(age / 1000);
  return JSON.stringify({ name, status, state, owner, ageSeconds, bus, queueUrl, reason });
}

function renderRemnant({ part, error }: Remnant): string {
  const known = awsFault(error) ?? error;
  return `${part}: ${known instanceof Error ? known.message : String(known)}`;
}
