import { normalJson } from "../../transform/normal.ts";
import { readJson } from "../source/json.ts";
import { leaf, renderTree, type Tree } from "../source/tree.ts";

const none = { file: "" };

/** The tree of a JSON text; undefined where it is none. */
export function jsonTree(text: string | undefined): Tree | undefined {
  if (text === undefined || !isJson(text)) return undefined;
  return readJson("", text);
}

/** A pattern: as an object, or as a text where an object would not say the same (equal keys, a text that is no JSON yet). */
export function fitting(pattern: string | undefined): Tree | undefined {
  if (pattern === undefined) return undefined;
  const tree = jsonTree(pattern);
  return tree?.kind === "dict" && renderTree(tree) === normalJson(pattern) ? tree : leaf(pattern, none);
}

/** A constant input, of which every letter counts: as JSON only where that is read back letter by letter. */
export function textOrJson(input: string | undefined): Tree | undefined {
  if (input === undefined) return undefined;
  const tree = jsonTree(input);
  return tree !== undefined && tree.kind !== "leaf" && renderTree(tree) === input ? tree : leaf(input, none);
}

export const valueTree = (value: unknown): Tree => readJson("", JSON.stringify(value));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
