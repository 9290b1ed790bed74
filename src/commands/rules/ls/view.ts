import { shortName } from "../../../core/arn.ts";
import type { Rule } from "../../../core/route/index.ts";
import type { View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import { ruleJson } from "../json.ts";
import { warningPrint } from "../note.ts";
import type { LsHappening } from "./run.ts";
import { summarise } from "./summary.ts";

export function lsView(screen: Screen): View<LsHappening> {
  const rules: Rule[] = [];
  return (happening) => {
    if (happening.kind === "warning") return warningPrint(screen, happening);
    if (happening.kind === "rule") {
      rules.push(happening.rule);
      return screen.json ? { out: JSON.stringify(ruleJson(happening.rule)) } : undefined;
    }
    const { buses, source } = happening;
    const header = ["rule", "state", "takes", "targets", "dead letters to"];
    const isOne = new Set(rules.map(({ bus }) => bus)).size < 2;
    const rows = rules.map((rule) => (isOne ? cells(rule) : [rule.bus, ...cells(rule)]));
    return {
      out:
        screen.json || rules.length === 0
          ? undefined
          : renderTable(screen, isOne ? header : ["bus", ...header], rows),
      err: screen.quiet || screen.json ? undefined : summary(source, buses, rules.length),
    };
  };

  function cells(rule: Rule): string[] {
    const { name, state, targets } = rule;
    const dead = new Set(targets.map(({ DeadLetterConfig }) => DeadLetterConfig?.Arn));
    const isOff = state === "DISABLED";
    return [
      name,
      isOff ? screen.paint.yellow("disabled") : state === "ENABLED" ? "enabled" : state.toLowerCase(),
      summarise(rule),
      targets.map(({ Id }) => Id).join(", ") || screen.paint.yellow("none"),
      [...dead].map((arn) => (arn === undefined ? screen.paint.red("none") : shortName(arn))).join(", ") ||
        "-",
    ];
  }
}

function summary(source: string, buses: readonly string[], count: number): string {
  const rules = `${count} ${count === 1 ? "rule" : "rules"}`;
  if (buses.length === 0) return `evb: ${source} has no event bus`;
  return `evb: ${rules} on ${buses.length === 1 ? `bus ${buses[0]}` : `${buses.length} buses`}`;
}
