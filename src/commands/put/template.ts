import { parseTemplate, type Template } from "../../core/event/template/parse.ts";
import { isFile } from "../../shell/files.ts";
import { parseJson, readValue } from "../../shell/input.ts";
import type { World } from "../../shell/world.ts";
import { findTemplate } from "../templates.ts";

/** What an argument of `put` stands for: a template, or a file (or standard input) whose events are sent as they are. */
export type Input =
  | { readonly kind: "template"; readonly template: Template }
  | { readonly kind: "events"; readonly path: string };

/** Finds what an argument names: a path, else a name in `./templates`, else one of the shipped templates. */
export async function openInput(world: World, argument: string): Promise<Input> {
  if (argument === "-") return { kind: "events", path: "-" };
  const path = (await isFile(world, argument)) ? argument : await findTemplate(world, argument);
  if (/\.(ndjson|jsonl)(\.gz)?$/.test(path)) return { kind: "events", path };
  const source = await readValue(world, path, argument);
  if (isLines(source.text)) return { kind: "events", path };
  return { kind: "template", template: parseTemplate(path, source.text, parseJson(source)) };
}

/** One event a line, in a file that is not named so: more than one line, each an object of its own. */
function isLines(text: string): boolean {
  const [first = "", second] = text.trimStart().split(/\r?\n/, 2);
  if (second === undefined || !/^\s*\{/.test(second)) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}
