import type { Print, View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { renderTable } from "../../../shell/table.ts";
import type { SearchOptions } from "./command.ts";
import type { SearchHappening, SearchHit } from "./run.ts";

export function searchView(screen: Screen, { words }: SearchOptions): View<SearchHappening> {
  const hits: SearchHit[] = [];
  return (happening): Print | undefined => {
    if (happening.kind === "hit") {
      hits.push(happening.hit);
      return screen.json ? { out: JSON.stringify(happening.hit) } : { progress: `${hits.length} schemas` };
    }
    if (hits.length > 0)
      return screen.json ? undefined : { out: renderTable(screen, header, hits.map(cells)) };
    const what = words.map((word) => JSON.stringify(word)).join(" or ");
    return screen.quiet
      ? undefined
      : { err: `evb: no schema with ${what} in ${happening.registries.join(", ")}` };
  };
}

const header = ["registry", "schema", "versions"];

const cells = ({ registry, name, versions }: SearchHit): string[] => [registry, name, versions.join(", ")];
