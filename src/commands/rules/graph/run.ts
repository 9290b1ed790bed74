import { Exit } from "../../../core/exit.ts";
import {
  type Graph,
  graphOf,
  renderDot,
  renderHtml,
  renderMermaid,
  renderSvg,
} from "../../../core/graph/index.ts";
import type { Run } from "../../perform.ts";
import type { WarningHappening } from "../note.ts";
import { type OpenRules, openRules } from "../open.ts";
import type { GraphOptions } from "./command.ts";

export type GraphHappening =
  | WarningHappening
  | { readonly kind: "graph"; readonly graph: Graph; readonly text: string };

export const runGraph: Run<GraphOptions, GraphHappening> = async function* (options, stage) {
  const opened = await openRules(stage, options);
  for (const text of opened.warnings) yield { kind: "warning", text };
  const graph = graphOf(opened.model, opened.buses);
  yield { kind: "graph", graph, text: render(options, opened, graph) };
  return Exit.done;
};

function render({ format, bus }: GraphOptions, { buses, name }: OpenRules, graph: Graph): string {
  const title = bus === undefined ? `Event buses of ${name}` : `Event bus ${buses[0]!.name}`;
  switch (format) {
    case "mermaid":
      return renderMermaid(graph);
    case "dot":
      return renderDot(graph);
    case "svg":
      return renderSvg(graph, title);
    case "html":
      return renderHtml(graph, buses, title);
  }
}
