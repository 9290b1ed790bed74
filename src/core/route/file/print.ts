import { renderTree, type Tree } from "../source/tree.ts";

/** Lists and objects up to here stand in one line. */
const width = 80;

/** A tree as indented JSON, numbers as they were written; what is short stands in one line. */
export function printTree(tree: Tree, indent = ""): string {
  const short = tree.kind === "leaf" || indent !== "" ? oneLine(tree) : undefined;
  if (short !== undefined && indent.length + short.length <= width) return short;
  const deeper = `${indent}  `;
  if (tree.kind === "list")
    return `[\n${tree.items.map((item) => deeper + printTree(item, deeper)).join(",\n")}\n${indent}]`;
  if (tree.kind === "leaf") return renderTree(tree);
  const entries = [...tree.entries].map(
    ([key, { value }]) => `${deeper}${JSON.stringify(key)}: ${printTree(value, deeper)}`,
  );
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

/** Nothing deep stands in one line: an object in an object is easier read in several. */
function oneLine(tree: Tree): string | undefined {
  if (tree.kind === "leaf") return renderTree(tree);
  if (tree.kind === "list") {
    const items = tree.items.map(oneLine);
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (tree.entries.size === 0) return "{}";
  const fields = [...tree.entries].map(([key, { value }]) => {
    const line = value.kind === "dict" && value.entries.size > 0 ? undefined : oneLine(value);
    return line && `${JSON.stringify(key)}: ${line}`;
  });
  return fields.includes(undefined) ? undefined : `{ ${fields.join(", ")} }`;
}
