import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { EvbError } from "../core/errors.ts";
import { packageRoot } from "../shell/package-root.ts";
import type { World } from "../shell/world.ts";

/** A path as it is, else the path of the shipped starter of that name. */
export async function findStarter(world: Pick<World, "cwd">, value: string): Promise<string> {
  if (/^\s*[{[]/.test(value) || value === "-" || existsSync(resolve(world.cwd, value))) return value;
  const folder = join(packageRoot(), "templates/buses");
  const path = join(folder, `${value}.json`);
  if (/^[\w-]+$/.test(value) && existsSync(path)) return path;
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -5));
  throw new EvbError("FILE_NOT_READ", `no such file or starter: ${value}`, [`starters: ${names.join(", ")}`]);
}
