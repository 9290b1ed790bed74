import { placeOf } from "../../json.ts";
import { parsePath, type Step } from "../path.ts";

/** A value in a JSON text, by its offsets; the end is exclusive. */
interface Node {
  readonly start: number;
  end: number;
  readonly children: Map<Step, Node>;
}

/**
 * `line:column` in a template of what json-e complains about. `location` is its trail (`.detail`, `[0]`); it leaves
 * out json-e's own keys (`in`, `then`, `each(x)`), so those are searched through. `word` is what to point at inside.
 */
export function placeInTemplate(text: string, location: readonly string[], word?: string): string {
  const steps = location.flatMap((piece) => {
    const path = parsePath(piece.replace(/^\./, ""));
    return typeof path === "string" ? [] : path;
  });
  let node = readTree(text);
  for (const step of steps) {
    const next = findChild(node, step);
    if (next === undefined) break;
    node = next;
  }
  const inside = text.slice(node.start, node.end);
  const at = word === undefined ? -1 : inside.search(new RegExp(`(?<![\\w.])${word}\\b`));
  const { line, column } = placeOf(text, node.start + Math.max(0, at));
  return `${line}:${column}`;
}

function findChild(node: Node, step: Step): Node | undefined {
  const own = node.children.get(step);
  if (own) return own;
  for (const [key, child] of node.children) {
    if (typeof key !== "string" || !/^(\$\w+|in|then|else|each\(.*\))$/.test(key)) continue;
    const found = findChild(child, step);
    if (found) return found;
  }
  return undefined;
}

/** The tree of a valid JSON text. */
function readTree(text: string): Node {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
  const open: { node: Node; list: boolean; key: Step | undefined; seen: number }[] = [];
  let root: Node | undefined;
  const add = (start: number, end: number): Node => {
    const node: Node = { start, end, children: new Map() };
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else {
      parent.node.children.set(parent.list ? parent.seen++ : parent.key!, node);
      parent.key = undefined;
    }
    return node;
  };
  for (const { 0: found, index } of text.matchAll(token)) {
    const parent = open.at(-1);
    if (found === "{" || found === "[")
      open.push({ node: add(index, index + 1), list: found === "[", key: undefined, seen: 0 });
    else if (found === "}" || found === "]") open.pop()!.node.end = index + 1;
    else if (found === "," || found === ":") continue;
    else if (parent && !parent.list && parent.key === undefined) parent.key = JSON.parse(found) as string;
    else add(index, index + found.length);
  }
  return root!;
}
