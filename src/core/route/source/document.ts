import { readJson } from "./json.ts";
import { demandDocument } from "./recognise.ts";
import type { Tree } from "./tree.ts";
import { readYaml } from "./yaml.ts";

/** A text with the name that messages call it by. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** JSON or YAML, whichever it is. */
export function readDocument({ name, text }: SourceFile): Tree {
  if (!/^\s*[{[]/.test(text)) {
    demandDocument(name, text);
    return readYaml(name, text);
  }
  // YAML may begin with a brace too, but only a file that says so is read as that when it is no JSON.
  if (/\.ya?ml$/i.test(name) && !isJson(text)) return readYaml(name, text);
  return readJson(name, text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
