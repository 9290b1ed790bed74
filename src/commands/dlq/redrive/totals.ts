import type { DeadLetter } from "../../../core/redrive/letter.ts";
import { kindOfArn, nameOfArn } from "../../../core/redrive/names.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import type { Fate } from "./happening.ts";

interface Total {
  readonly cells: readonly string[];
  count: number;
}

export type Totals = ReturnType<typeof openTotals>;

/** Counts messages by where they come from, why they failed, and what becomes of them. */
export function openTotals() {
  const totals = new Map<string, Total>();
  const remedies = new Set<string>();
  const fired = new Map<string, number>();
  return {
    add(letter: DeadLetter, fate: Fate): void {
      const { ruleArn, targetArn, errorCode } = letter;
      const cells = [
        ruleArn === undefined ? "-" : nameOfArn(ruleArn),
        targetArn === undefined ? "-" : nameOfArn(targetArn),
        errorCode ?? "-",
        fate.status,
        whereTo(fate),
      ];
      const key = JSON.stringify(cells);
      const total = totals.get(key) ?? { cells, count: 0 };
      total.count++;
      totals.set(key, total);
      if (fate.status === "skipped" && fate.remedy !== undefined) remedies.add(fate.remedy);
      if (fate.status === "planned")
        for (const rule of fate.rules ?? []) fired.set(rule, (fired.get(rule) ?? 0) + 1);
    },
    clear(): void {
      totals.clear();
      remedies.clear();
      fired.clear();
    },
    table(screen: Screen): string {
      const rows = [...totals.values()].sort((a, b) => b.count - a.count);
      const main = renderTable(
        screen,
        ["count", "rule", "target", "error", "then", "where to, or why not"],
        rows.map(({ count, cells }) => [String(count), ...cells]),
      );
      if (fired.size === 0) return main;
      const rules = [...fired].sort((a, b) => b[1] - a[1]).map(([rule, count]) => [String(count), rule]);
      return `${main}\n\n${renderTable(screen, ["count", "rule that will fire again"], rules)}`;
    },
    remedies: (): readonly string[] => [...remedies],
  };
}

function whereTo(fate: Fate): string {
  if (fate.status === "skipped" || fate.status === "failed") return fate.reason;
  if (fate.earlier) return "delivered by an earlier run; only to be deleted";
  const through = fate.status === "planned" && fate.relayed ? ", through a temporary bus" : "";
  return `${nameDestination(fate.destination)}${through}${fate.doubt ? " (possibly for the second time)" : ""}`;
}

const nameDestination = (arn: string): string => `${kindOfArn(arn)} ${nameOfArn(arn)}`;
