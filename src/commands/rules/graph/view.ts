import type { View } from "../../../shell/play.ts";
import type { Screen } from "../../../shell/screen.ts";
import { warningPrint } from "../note.ts";
import type { GraphHappening } from "./run.ts";

/** For machines, the graph itself: nodes and edges. */
export function graphView(screen: Screen): View<GraphHappening> {
  return (happening) => {
    if (happening.kind === "warning") return warningPrint(screen, happening);
    const { nodes, edges } = happening.graph;
    return { out: screen.json ? JSON.stringify({ nodes, edges }) : happening.text };
  };
}
