import type { Graph, GraphNode, NodeKind } from "./graph.ts";

const brackets: Readonly<Record<NodeKind, readonly [string, string]>> = {
  bus: ["([", "])"],
  rule: ["[", "]"],
  target: ["[/", "/]"],
  dead: ["[(", ")]"],
};

/** A flow chart for Mermaid, which GitHub and many wikis draw. */
export function renderMermaid({ nodes, edges }: Graph): string {
  const of = (kind: NodeKind) => nodes.filter((node) => node.kind === kind).map(({ id }) => id);
  const off = nodes.filter(({ isOff }) => isOff).map(({ id }) => id);
  const classes = [
    ["bus", of("bus")],
    ["dead", of("dead")],
    ["off", off],
  ] as const;
  return [
    "flowchart LR",
    ...nodes.map((node) => `  ${node.id}${nodeText(node)}`),
    ...edges.map(({ from, to, label, isDead }) => {
      const text = isDead ? "dead letters" : label;
      return `  ${from} ${isDead ? "-.->" : "-->"}${text === undefined ? "" : `|${quoted(text)}|`} ${to}`;
    }),
    "  classDef bus fill:#e7e0f7,stroke:#5b3fa8,color:#1d1238",
    "  classDef dead fill:#fbe3e0,stroke:#b3392b,color:#3c0f0a",
    "  classDef off stroke-dasharray:4 3,color:#777777",
    ...classes.filter(([, ids]) => ids.length > 0).map(([name, ids]) => `  class ${ids.join(",")} ${name}`),
  ].join("\n");
}

function nodeText({ kind, label, note }: GraphNode): string {
  const [open, close] = brackets[kind];
  const text = note === undefined || note === "rule" ? label : `${label}\n${note}`;
  return `${open}${quoted(text)}${close}`;
}

/** In quotes only these have a meaning of their own. */
const quoted = (text: string): string =>
  `"${text
    .replaceAll("#", "#35;")
    .replaceAll("&", "#amp;")
    .replaceAll('"', "#quot;")
    .replaceAll("<", "#lt;")
    .replaceAll(">", "#gt;")
    .replaceAll("\n", "<br/>")}"`;
