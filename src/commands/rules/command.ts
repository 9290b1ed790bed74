import { Command } from "@commander-js/extra-typings";
import type { Perform } from "../perform.ts";
import { type ExportOptions, exportCommand } from "./export/command.ts";
import type { RulesSource } from "./flags.ts";
import { type GraphOptions, graphCommand } from "./graph/command.ts";
import { type LintOptions, lintCommand } from "./lint/command.ts";
import { lsCommand } from "./ls/command.ts";
import { type NewPatternOptions, newPatternCommand } from "./new-pattern/command.ts";
import { type ShowOptions, showCommand } from "./show/command.ts";
import { type UsagesOptions, usagesCommand } from "./usages/command.ts";

export interface RulesPerforms {
  readonly ls: Perform<RulesSource>;
  readonly show: Perform<ShowOptions>;
  readonly lint: Perform<LintOptions>;
  readonly export: Perform<ExportOptions>;
  readonly graph: Perform<GraphOptions>;
  readonly usages: Perform<UsagesOptions>;
  readonly newPattern: Perform<NewPatternOptions>;
}

/** `evb rules` and its subcommands. */
export function rulesCommand(performs: RulesPerforms) {
  const rules = new Command("rules")
    .summary("rules of a bus: list, check, export, draw, find; make a pattern")
    .description(
      "Looks at rules: of a deployed bus, or with --from of a template, a plan or a bus file, before anything is deployed. Nothing is changed.",
    );
  for (const command of [
    lsCommand(performs.ls),
    showCommand(performs.show),
    lintCommand(performs.lint),
    exportCommand(performs.export),
    graphCommand(performs.graph),
    usagesCommand(performs.usages),
    newPatternCommand(performs.newPattern),
  ])
    rules.addCommand(command as unknown as Command);
  return rules;
}
