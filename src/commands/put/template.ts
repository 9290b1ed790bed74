import { EvbError } from "../../core/errors.ts";
import { parseTemplate, type Template } from "../../core/event/template/parse.ts";
import { nearNames } from "../../core/near.ts";
import { isFile, listFiles } from "../../shell/files.ts";
import { parseJson, readValue } from "../../shell/input.ts";
import { packageRoot } from "../../shell/package-root.ts";
import type { World } from "../../shell/world.ts";

/** What an argument of `put` stands for: a template, or a file (or standard input) whose events are sent as they are. */
export type Input =
  | { readonly kind: "template"; readonly template: Template }
  | { readonly kind: "events"; readonly path: string };

/** Finds what an argument names: a path, else a name in `./templates`, else one of the shipped templates. */
export async function openInput(world: World, argument: string): Promise<Input> {
  if (argument === "-") return { kind: "events", path: "-" };
  const path = (await isFile(world, argument)) ? argument : await findByName(world, argument);
  if (/\.(ndjson|jsonl)(\.gz)?$/.test(path)) return { kind: "events", path };
  const source = await readValue(world, path, argument);
  if (isLines(source.text)) return { kind: "events", path };
  return { kind: "template", template: parseTemplate(path, source.text, parseJson(source)) };
}

async function findByName(world: World, name: string): Promise<string> {
  const isPath = /[\\/]|\.(ndjson|jsonl|gz)$/.test(name);
  const folders = ["templates", "templates/events", `${packageRoot()}/templates/events`];
  const file = name.endsWith(".json") ? name : `${name}.json`;
  if (!isPath)
    for (const folder of folders) if (await isFile(world, `${folder}/${file}`)) return `${folder}/${file}`;
  const known = (await Promise.all(folders.map((folder) => listFiles(world, folder, ".json")))).flat();
  const near = nearNames(name.replace(/^.*[\\/]|\.json$/g, ""), known);
  throw new EvbError(
    "BAD_TEMPLATE",
    `no template ${name}: no such file, nor a name in ./templates or among the shipped ones`,
    [
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : `there are ${[...new Set(known)].sort().join(", ")}`,
    ],
  );
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
