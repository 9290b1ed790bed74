import { conform } from "./conform.ts";
import type { RecordShape, Shape } from "./shape.ts";

/** The input in a form of AWS Query: the same value as AWS JSON would bring. */
export function parseForm(shape: RecordShape, form: URLSearchParams): object {
  const tree = treeOf(form);
  return readRecord(shape, tree);
}

/** `A.1.Name=x` is a leaf under A, 1, Name. */
interface Tree {
  text?: string;
  readonly below: Map<string, Tree>;
}

const newTree = (): Tree => ({ below: new Map() });

function treeOf(form: URLSearchParams): Tree {
  const root = newTree();
  for (const [path, value] of form) {
    let node = root;
    for (const step of path.split(".")) {
      const next = node.below.get(step) ?? newTree();
      node.below.set(step, next);
      node = next;
    }
    node.text = value;
  }
  return root;
}

function readRecord(shape: RecordShape, tree: Tree): object {
  const value: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const node = tree.below.get("element" in member ? member.element : name);
    if (node !== undefined) value[name] = read(member, node);
  }
  return value;
}

function read(shape: Shape, node: Tree): unknown {
  switch (shape.kind) {
    case "record":
      return readRecord(shape, node);
    case "list":
      return numbered(node).map((item) => read(shape.of, item));
    case "map":
      return Object.fromEntries(
        numbered(node).map((item) => [
          item.below.get(shape.key)?.text ?? "",
          read(shape.of, item.below.get(shape.value) ?? newTree()),
        ]),
      );
    default:
      return conform(shape, node.text ?? "");
  }
}

/**
 * Items by their number. A list sent without numbers is one of one item. SNS puts `entry` (a map) or `member` (a list)
 * before the number, where SQS has nothing.
 */
function numbered(node: Tree): readonly Tree[] {
  const wrapped = node.below.get("entry") ?? node.below.get("member");
  if (wrapped !== undefined && node.below.size === 1) return numbered(wrapped);
  if (node.below.size === 0) return node.text === undefined || node.text === "" ? [] : [node];
  return [...node.below].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item);
}
