import type { Graph, GraphEdge, GraphNode } from "./graph.ts";

export interface Box {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface Line {
  readonly edge: GraphEdge;
  readonly from: Box;
  readonly to: Box;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

export const boxHeight = 40;
const [rowGap, columnGap, margin] = [14, 110, 16];

/**
 * Columns from left to right: a node stands behind all that leads to it, except for what closes a loop. Within a column,
 * nodes stand near those that lead to them. Small on purpose: a graph of buses has few ways to go.
 */
export function layOut(graph: Graph): Layout {
  const columns = columnsOf(graph);
  const boxes = new Map<string, Box>();
  let x = margin;
  const tallest = Math.max(0, ...columns.map(({ length }) => length));
  for (const column of columns) {
    const width = Math.max(...column.map(widthOf));
    const top = margin + ((tallest - column.length) * (boxHeight + rowGap)) / 2;
    for (const [row, node] of column.entries())
      boxes.set(node.id, { node, x, y: top + row * (boxHeight + rowGap), width });
    x += width + columnGap;
  }
  return {
    boxes: [...boxes.values()],
    lines: graph.edges.map((edge) => ({ edge, from: boxes.get(edge.from)!, to: boxes.get(edge.to)! })),
    width: Math.max(2 * margin, x - columnGap + margin),
    height: 2 * margin + Math.max(boxHeight, tallest * (boxHeight + rowGap) - rowGap),
  };
}

/** About as wide as its text in a sans-serif of 12 pixels; wide letters are counted twice. */
function widthOf({ label, note = "" }: GraphNode): number {
  const letters = (text: string, size: number) =>
    [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1) * size, 0);
  return Math.max(80, Math.ceil(Math.max(letters(label, 7.2), letters(note, 6)) + 24));
}

function columnsOf({ nodes, edges }: Graph): GraphNode[][] {
  const depths = depthsOf(nodes, edges);
  const columns: GraphNode[][] = [];
  for (const node of nodes) {
    const depth = depths.get(node.id)!;
    columns[depth] ??= [];
    columns[depth].push(node);
  }
  const full = columns.filter((column) => column !== undefined);
  for (const [index, column] of full.entries()) {
    const before = new Map(full[index - 1]?.map(({ id }, row) => [id, row]));
    const pull = (node: GraphNode, own: number): number => {
      const rows = edges.filter(({ to }) => to === node.id).flatMap(({ from }) => before.get(from) ?? []);
      return rows.length === 0 ? own : rows.reduce((sum, row) => sum + row, 0) / rows.length;
    };
    const pulls = new Map(column.map((node, row) => [node, pull(node, row)]));
    column.sort((a, b) => pulls.get(a)! - pulls.get(b)!);
  }
  return full;
}

/** The longest way to each node. */
function depthsOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ReadonlyMap<string, number> {
  const next = new Map(
    nodes.map(({ id }) => [id, edges.filter(({ from }) => from === id).map(({ to }) => to)]),
  );
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  const closing = new Set<string>();
  const visit = (id: string): void => {
    state.set(id, "open");
    for (const to of next.get(id)!)
      if (state.get(to) === "open") closing.add(`${id} ${to}`);
      else if (state.get(to) === undefined) visit(to);
    state.set(id, "done");
    order.unshift(id);
  };
  for (const { id } of nodes) if (state.get(id) === undefined) visit(id);
  const depths = new Map<string, number>(nodes.map(({ id }) => [id, 0]));
  for (const id of order)
    for (const to of next.get(id)!)
      if (!closing.has(`${id} ${to}`)) depths.set(to, Math.max(depths.get(to)!, depths.get(id)! + 1));
  return depths;
}
