import manifest from "../../../../package.json" with { type: "json" };
import { workflowCommand } from "../../../core/github.ts";
import { type Finding, renderSarif, type Severity, severities } from "../../../core/lint/index.ts";
import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { warningPrint } from "../note.ts";
import type { LintOptions } from "./command.ts";
import type { LintHappening } from "./run.ts";

type Findings = Extract<LintHappening, { kind: "findings" }>;

export function lintView(screen: Screen, options: LintOptions): View<LintHappening> {
  const { paint } = screen;
  const format = screen.json ? "json" : options.format;
  const colours: Readonly<Record<Severity, (text: string) => string>> = {
    error: paint.red,
    warning: paint.yellow,
    note: paint.dim,
  };
  return (happening): Print | undefined => {
    if (happening.kind === "warning") return warningPrint(screen, happening);
    const { findings } = happening;
    const err = screen.quiet || screen.json ? undefined : summary(happening);
    if (format === "sarif") return { out: renderSarif(findings, manifest.version, screen.fromRoot), err };
    const render = { human, json: (found: Finding) => JSON.stringify(findingJson(found)), github }[format];
    return { out: findings.length > 0 ? findings.map(render).join("\n") : undefined, err };
  };

  function human({ id, severity, place, bus, rule, sentence, remedy }: Finding): string {
    const where =
      place === undefined
        ? [bus.name, rule?.name].filter((part) => part !== undefined).join(" / ")
        : [place.file, place.line, place.column].filter((part) => part !== undefined).join(":");
    return `${where}: ${colours[severity](severity)}: ${sentence} ${paint.dim(`[${id}]`)}\n  ${remedy}`;
  }

  function github({ id, severity, place, sentence, remedy }: Finding): string {
    return workflowCommand(
      severity === "note" ? "notice" : severity,
      {
        file: place && screen.fromRoot(place.file),
        line: place?.line,
        col: place?.column,
        title: `evb ${id}`,
      },
      `${sentence}\n${remedy}`,
    );
  }
}

const findingJson = ({
  id,
  severity,
  place,
  bus,
  rule,
  target,
  queue,
  sentence,
  remedy,
}: Finding): object => ({
  id,
  severity,
  bus: bus.name,
  ...(rule && { rule: rule.name }),
  ...(rule?.logicalId !== undefined && { logicalId: rule.logicalId }),
  ...(target && { target: target.Id }),
  ...(queue && { queue: queue.name }),
  ...(place && { place }),
  message: sentence,
  remedy,
});

function summary({ source, rules, findings }: Findings): string {
  const looked = `${rules} ${rules === 1 ? "rule" : "rules"} of ${source}`;
  if (findings.length === 0) return `evb: ${looked}: nothing found`;
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  return `evb: ${looked}: ${counts.join(", ")}`;
}
