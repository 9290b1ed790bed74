import { readdir, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { World } from "./world.ts";

/** There is something to read at this path: a file, a pipe, but no directory. */
export async function isFile(world: World, path: string): Promise<boolean> {
  try {
    return !(await stat(resolve(world.cwd, path))).isDirectory();
  } catch {
    return false;
  }
}

/** There is a directory at this path. */
export async function isDirectory(world: World, path: string): Promise<boolean> {
  try {
    return (await stat(resolve(world.cwd, path))).isDirectory();
  } catch {
    return false;
  }
}

/** There is something at this path, a directory included. */
export async function exists(world: World, path: string): Promise<boolean> {
  try {
    await stat(resolve(world.cwd, path));
    return true;
  } catch {
    return false;
  }
}

/** Names of the files in a folder that end so, without the ending, sorted; none where there is no such folder. */
export async function listFiles(world: World, folder: string, ending: string): Promise<string[]> {
  try {
    const names = await readdir(resolve(world.cwd, folder));
    return names
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length))
      .sort();
  } catch {
    return [];
  }
}

/** Two paths lead to the same file; an open descriptor may take the place of a path. */
export async function isSameFile(world: World, a: string, b: string | number): Promise<boolean> {
  try {
    const [one, other] = await Promise.all([stat(resolve(world.cwd, a)), statOf(world, b)]);
    return one.isFile() && one.dev === other.dev && one.ino === other.ino;
  } catch {
    return false;
  }
}

/** Bytes of an ordinary file; an open descriptor may take the place of a path. `undefined` for anything else. */
export async function sizeOf(world: World, file: string | number): Promise<number | undefined> {
  try {
    const found = await statOf(world, file);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

async function statOf(world: World, file: string | number) {
  if (typeof file === "string") return stat(resolve(world.cwd, file));
  const { fstatSync } = await import("node:fs");
  return fstatSync(file);
}
