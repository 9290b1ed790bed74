import { Exit } from "../../../core/exit.ts";
import type { Rule } from "../../../core/route/index.ts";
import type { Run } from "../../perform.ts";
import type { RulesSource } from "../flags.ts";
import type { WarningHappening } from "../note.ts";
import { openRules } from "../open.ts";

export type LsHappening =
  | WarningHappening
  | { readonly kind: "rule"; readonly rule: Rule }
  | { readonly kind: "end"; readonly source: string; readonly buses: readonly string[] };

export const runLs: Run<RulesSource, LsHappening> = async function* (options, stage) {
  const { warnings, buses, name } = await openRules(stage, options);
  for (const text of warnings) yield { kind: "warning", text };
  for (const { rules } of buses) for (const rule of rules) yield { kind: "rule", rule };
  yield { kind: "end", source: name, buses: buses.map((bus) => bus.name) };
  return Exit.done;
};
