import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EvbError } from "../../core/errors.ts";
import { nearNames } from "../../core/near.ts";
import { packageRoot } from "../../shell/package-root.ts";

/** A file to be made: its path below the folder, and its bytes. */
export interface StarterFile {
  readonly path: string;
  readonly text: string;
}

export interface Starter {
  readonly files: readonly StarterFile[];
  /** A bus of it, and a template of an event that it takes. */
  readonly bus: string;
  readonly event: string;
}

const buses = () => join(packageRoot(), "templates/buses");

/** Names and descriptions of the starters. */
export async function listStarters(): Promise<{ readonly name: string; readonly description: string }[]> {
  const files = (await readdir(buses())).filter((file) => file.endsWith(".json")).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -".json".length),
      description: JSON.parse(await readFile(join(buses(), file), "utf8")).description as string,
    })),
  );
}

/** The bus, its suites, what there is to say about it, and the templates of the events that they use, which lie where `evb put` looks for them. */
export async function openStarter(name: string): Promise<Starter> {
  const all = (await listStarters()).map((starter) => starter.name);
  if (!all.includes(name)) throw noSuchStarter(name, all);
  const suites = (await readdir(buses()))
    .filter((file) => new RegExp(`^${name}(-\\w+)?\\.evb\\.yaml$`).test(file))
    .sort((a, b) => a.length - b.length);
  const files = await Promise.all(
    [`${name}.json`, ...suites].map(async (path) => ({ path, text: await shipped("buses", path) })),
  );
  const suite = files[1]!.text;
  const named = files.flatMap(({ text }) => [...text.matchAll(/^ +template: ([\w-]+)$/gm)]);
  const events = [...new Set(named.map(([, template]) => template!))];
  const templates = await Promise.all(
    events.map(async (event) => ({
      path: `templates/${event}.json`,
      text: await shipped("events", `${event}.json`),
    })),
  );
  const [only = ""] = Object.keys(JSON.parse(files[0]!.text).buses);
  const bus = /^bus: \{.*\bname: ([\w-]+)/m.exec(suite)?.[1] ?? only;
  const about = { path: `${name}.md`, text: sectionOf(await shipped("buses", "README.md"), name) };
  return { files: [...files, about, ...templates], bus, event: events[0]! };
}

/** What the README of the starters says of one: the use case, and commands to begin with. */
function sectionOf(readme: string, name: string): string {
  const section = readme.split(/^(?=## )/m).find((text) => text.startsWith(`## \`${name}\`\n`)) ?? "";
  return `${section.replace(/^## `(.*)`/, "# $1").trimEnd()}\n`;
}

const shipped = (folder: string, file: string): Promise<string> =>
  readFile(join(packageRoot(), "templates", folder, file), "utf8");

function noSuchStarter(name: string, all: readonly string[]): EvbError {
  const near = nearNames(name, all);
  return new EvbError("BAD_USAGE", `there is no starter ${name}`, [
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `starters: ${all.join(", ")}`,
  ]);
}
