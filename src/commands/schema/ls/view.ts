import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import { awsRegistry } from "../../schema-registries.ts";
import type { LsOptions } from "./command.ts";
import type { LsHappening, LsRow } from "./run.ts";

export function lsView(screen: Screen, options: LsOptions): View<LsHappening> {
  const rows: LsRow[] = [];
  return (happening): Print => {
    if (happening.kind === "row") {
      if (screen.json) return { out: JSON.stringify(happening.row) };
      rows.push(happening.row);
      return { progress: `${rows.length} schemas` };
    }
    const none = `no schemas in ${happening.registries.join(", ") || happening.where}`;
    const hint = `hint: AWS's own are in evb schema ls --registry ${awsRegistry}`;
    const notes = [
      ...(rows.length === 0 ? [`evb: ${none}`] : []),
      ...(options.registry === undefined ? [hint] : []),
    ];
    return {
      out: rows.length === 0 ? undefined : renderTable(screen, header, rows.map(cells)),
      err: screen.quiet || screen.json || notes.length === 0 ? undefined : notes.join("\n"),
    };
  };
}

const header = ["registry", "schema", "versions", "changed"];

const cells = ({ registry, name, versions, lastModified }: LsRow): string[] => [
  registry,
  name,
  versions === undefined ? "-" : String(versions),
  lastModified?.toISOString() ?? "-",
];
