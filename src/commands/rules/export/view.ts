import type { View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { warningPrint } from "../note.ts";
import type { ExportHappening } from "./run.ts";

export function exportView(screen: Screen): View<ExportHappening> {
  return (happening) => {
    if (happening.kind === "warning") return warningPrint(screen, happening);
    const { text, file, buses, rules, queues } = happening;
    const parts = [count(buses, "bus", "buses"), count(rules, "rule"), count(queues, "queue")].join(", ");
    if (screen.json && file !== undefined) return { out: JSON.stringify({ file, buses, rules, queues }) };
    return {
      out: text,
      err:
        screen.quiet || screen.json
          ? undefined
          : `evb: ${parts}${file === undefined ? "" : ` written to ${file}`}`,
    };
  };
}

const count = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
