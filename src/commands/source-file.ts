import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { EvbError } from "../core/errors.ts";
import type { SourceFile } from "../core/route/source/index.ts";
import { readValue } from "../shell/input.ts";
import type { World } from "../shell/world.ts";
import { findStarter } from "./starter.ts";

/** What a folder is known by, best first. */
const inFolder = [
  "manifest.json",
  "cdk.out/manifest.json",
  "template.yaml",
  "template.yml",
  "template.json",
  "serverless.yml",
  "serverless.yaml",
];

/** The text of `--from`: a file, a folder with one of the usual files in it, a starter, inline JSON, or `-`. */
export async function openSourceFile(
  world: Pick<World, "cwd" | "stdin" | "onRead">,
  value: string,
  flag = "--from",
): Promise<SourceFile> {
  // A text is no path: it may be longer than one can be.
  if (/^\s*[{[]/.test(value)) return readValue(world, value, flag);
  // What is not there yet may come.
  world.onRead?.(value);
  return readValue(world, await findStarter(world, fileIn(world, value)), flag);
}

function fileIn(world: Pick<World, "cwd">, value: string): string {
  if (!statSync(resolve(world.cwd, value), { throwIfNoEntry: false })?.isDirectory()) return value;
  const found = inFolder.find((name) => existsSync(resolve(world.cwd, value, name)));
  if (found !== undefined) return join(value, found);
  throw new EvbError(
    "FILE_NOT_READ",
    `${value} is a folder without ${inFolder.slice(2).join(", ")} or cdk.out`,
    ["name the file"],
  );
}

/** Opens files that a file refers to, by their path from where it lies; they are read like the file itself. */
export const siblingOf =
  (world: Pick<World, "cwd" | "onRead">) =>
  (path: string, from: string): SourceFile | undefined => {
    const name = join(dirname(from), path);
    world.onRead?.(name);
    try {
      return { name, text: readFileSync(resolve(world.cwd, name), "utf8") };
    } catch (error) {
      if (["ENOENT", "EISDIR", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? ""))
        return undefined;
      throw new EvbError("FILE_NOT_READ", `${name} cannot be read: ${(error as Error).message}`, [], error);
    }
  };
