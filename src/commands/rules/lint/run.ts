import { Exit } from "../../../core/exit.ts";
import {
  checkIds,
  descriptionSwitch,
  type Finding,
  lint,
  type Switch,
  severities,
  switchOf,
} from "../../../core/lint/index.ts";
import type { OpenBusModel } from "../../bus-source.ts";
import type { Run } from "../../perform.ts";
import type { WarningHappening } from "../note.ts";
import { openRules } from "../open.ts";
import type { LintOptions } from "./command.ts";

export type LintHappening =
  | WarningHappening
  | {
      readonly kind: "findings";
      readonly source: string;
      readonly rules: number;
      readonly findings: readonly Finding[];
    };

export const runLint: Run<LintOptions, LintHappening> = async function* (options, stage) {
  const opened = await openRules(stage, options, options.queues);
  for (const text of opened.warnings) yield { kind: "warning", text };
  const inFiles = await fileSwitches(opened);
  for (const text of inFiles.mistakes) yield { kind: "warning", text };
  const all = lint(opened.model, {
    buses: opened.buses,
    isDeployed: options.from === undefined && options.queues,
    switches: [switchOf(options.disabled), descriptionSwitch, ...inFiles.switches],
  });
  const least = severities.indexOf(options.severity);
  const findings = all.filter(({ severity }) => severities.indexOf(severity) <= least);
  const rules = opened.buses.reduce((sum, bus) => sum + bus.rules.length, 0);
  yield { kind: "findings", source: opened.name, rules, findings };
  return findings.length > 0 ? Exit.negative : Exit.done;
};

/** What the files themselves switch off; ids that are none are told. The YAML reader is loaded for files only. */
async function fileSwitches({ files }: OpenBusModel): Promise<{ switches: Switch[]; mistakes: string[] }> {
  if (files.length === 0) return { switches: [], mistakes: [] };
  const [{ readSwitches, fileSwitch }, { renderPlace }] = await Promise.all([
    import("../../../core/lint/file-switches.ts"),
    import("../../../core/route/source/fault.ts"),
  ]);
  const found = readSwitches(files);
  return {
    switches: found.map(fileSwitch),
    mistakes: found.flatMap(({ place, ids }) => {
      const unknown = ids.filter((id) => !checkIds.includes(id)).map((id) => `no check is called ${id}`);
      const mistakes = ids.length === 0 ? ["names no check"] : unknown;
      return mistakes.map((text) => `${renderPlace(place)}: ${text}, so nothing is switched off by it`);
    }),
  };
}
