import { parseTemplate, type Template } from "../../core/event/template/parse.ts";
import { isScenario } from "../../core/event/template/scenario.ts";
import { isDirectory, isFile } from "../../shell/files.ts";
import { parseJson, readValue } from "../../shell/input.ts";
import type { World } from "../../shell/world.ts";
import { findTemplate } from "../templates.ts";
import type { OpenScenario } from "./scenario.ts";

/** What an argument of `put` stands for: a template, or a file (or standard input) whose events are sent as they are. */
export type Input =
  | { readonly kind: "template"; readonly template: Template }
  | { readonly kind: "events"; readonly path: string }
  | { readonly kind: "scenario"; readonly scenario: OpenScenario };

/** Finds what an argument names: a path, else a name in `./templates`, else one of the shipped templates. */
export async function openInput(world: World, argument: string): Promise<Input> {
  if (argument === "-") return { kind: "events", path: "-" };
  const path = (await isFile(world, argument)) ? argument : await findPath(world, argument);
  if (path === undefined)
    return { kind: "scenario", scenario: await (await import("./scenario.ts")).openFolder(world, argument) };
  if (/\.(ndjson|jsonl)(\.gz)?$/.test(path)) return { kind: "events", path };
  const source = await readValue(world, path, argument);
  if (isLines(source.text)) return { kind: "events", path };
  const json = parseJson(source);
  if (isScenario(json)) {
    const { openScenario } = await import("./scenario.ts");
    return { kind: "scenario", scenario: await openScenario(world, path, source.text, json) };
  }
  return { kind: "template", template: parseTemplate(path, source.text, json) };
}

/** The path of the template of this name; none where a folder is meant, which a template's name goes before. */
async function findPath(world: World, argument: string): Promise<string | undefined> {
  try {
    return await findTemplate(world, argument);
  } catch (error) {
    if (await isDirectory(world, argument)) return undefined;
    throw error;
  }
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
