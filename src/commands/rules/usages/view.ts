import type { Usage } from "../../../core/route/usages.ts";
import type { View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import { warningPrint } from "../note.ts";
import type { UsagesHappening } from "./run.ts";

const relations = { same: "this field", below: "a part of it", above: "what it is a part of" } as const;

export function usagesView(screen: Screen): View<UsagesHappening> {
  const usages: Usage[] = [];
  return (happening) => {
    if (happening.kind === "warning") return warningPrint(screen, happening);
    if (happening.kind === "usage") {
      usages.push(happening.usage);
      return screen.json ? { out: JSON.stringify(usageJson(happening.usage)) } : undefined;
    }
    const { field, source, rules } = happening;
    const isOne = new Set(usages.map(({ rule }) => rule.bus)).size < 2;
    const header = ["rule", "where", "reads", "which is", "wants"];
    const rows = usages.map((usage) => (isOne ? cells(usage) : [usage.rule.bus, ...cells(usage)]));
    const count = rules === 0 ? "no rule" : `${rules} ${rules === 1 ? "rule" : "rules"}`;
    return {
      out:
        screen.json || usages.length === 0
          ? undefined
          : renderTable(screen, isOne ? header : ["bus", ...header], rows),
      err:
        screen.quiet || screen.json
          ? undefined
          : `evb: ${count} of ${source} ${rules === 1 || rules === 0 ? "reads" : "read"} ${field}`,
    };
  };
}

const cells = ({ rule, target, where, path, relation, wanted }: Usage): string[] => [
  rule.name,
  target === undefined ? where : `${where} of target ${target.Id}`,
  path,
  relations[relation],
  wanted?.join(" | ") ?? "-",
];

const usageJson = ({ rule, target, where, path, relation, wanted }: Usage): object => ({
  bus: rule.bus,
  rule: rule.name,
  ...(target && { target: target.Id }),
  where,
  path,
  relation,
  ...(wanted && { wanted: wanted.map((matcher) => JSON.parse(matcher) as unknown) }),
  ...(rule.place && { place: rule.place }),
});
