import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { EvbError } from "../../core/errors.ts";
import type { World } from "../../shell/world.ts";

const ending = /\.evb\.ya?ml$/;
/** Folders that hold other people's files, or none that a person wrote. */
const skipped = new Set(["node_modules", "dist", "cdk.out"]);

/** The suites that are meant, by path, each once: files as they are named, folders with all below them. */
export async function findSuites(world: World, named: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of named.length > 0 ? named : ["."]) found.push(...(await below(world, path)));
  if (found.length === 0)
    throw new EvbError(
      "BAD_USAGE",
      `no *.evb.yaml in ${named.length > 0 ? named.join(", ") : "this folder"}`,
      ["templates/schemas/suite.schema.json describes them"],
    );
  return [...new Set(found)];
}

async function below(world: World, path: string): Promise<string[]> {
  world.onRead?.(path);
  const kind = await stat(resolve(world.cwd, path)).catch(() => undefined);
  if (kind === undefined)
    throw new EvbError("FILE_NOT_READ", `no such file or folder: ${path}`, ["name suites: routing.evb.yaml"]);
  return kind.isDirectory() ? suitesIn(world, path) : [path];
}

async function suitesIn(world: World, folder: string): Promise<string[]> {
  world.onRead?.(folder);
  const entries = await readdir(resolve(world.cwd, folder), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !entry.name.startsWith(".") && !skipped.has(entry.name))
      found.push(...(await suitesIn(world, path)));
    else if (entry.isFile() && ending.test(entry.name)) found.push(path);
  }
  return found;
}
