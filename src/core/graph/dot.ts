import type { Graph, GraphNode, NodeKind } from "./graph.ts";

const shapes: Readonly<Record<NodeKind, string>> = {
  bus: 'shape=box style="rounded,filled" fillcolor="#e7e0f7"',
  rule: "shape=box",
  target: "shape=component",
  dead: 'shape=cylinder style=filled fillcolor="#fbe3e0"',
};

/** A graph for Graphviz: `dot -Tpdf`. */
export function renderDot({ nodes, edges }: Graph): string {
  return [
    "digraph buses {",
    "  rankdir=LR;",
    '  node [fontname="Helvetica" fontsize=11];',
    '  edge [fontname="Helvetica" fontsize=9];',
    ...nodes.map((node) => `  ${node.id} [${nodeText(node)}];`),
    ...edges.map(({ from, to, label, isDead }) => {
      const text = isDead
        ? ' [label="dead letters" style=dashed color="#b3392b"]'
        : label && ` [label=${quoted(label)}]`;
      return `  ${from} -> ${to}${text ?? ""};`;
    }),
    "}",
  ].join("\n");
}

function nodeText({ kind, label, note, isOff }: GraphNode): string {
  const text = note === undefined || note === "rule" ? label : `${label}\n${note}`;
  return `label=${quoted(text)} ${shapes[kind]}${isOff ? ' style=dashed fontcolor="#777777"' : ""}`;
}

const quoted = (text: string): string =>
  `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
