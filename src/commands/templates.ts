import { EvbError } from "../core/errors.ts";
import { nearNames } from "../core/near.ts";
import { isFile, listFiles } from "../shell/files.ts";
import { packageRoot } from "../shell/package-root.ts";
import type { World } from "../shell/world.ts";

/** Where a name is looked up, before the shipped ones. */
export const ownFolders = ["templates", "templates/events"] as const;
export const shippedFolder = (): string => `${packageRoot()}/templates/events`;

/** The path of the template of this name. */
export async function findTemplate(world: World, name: string): Promise<string> {
  const isPath = /[\\/]|\.(ndjson|jsonl|gz)$/.test(name);
  const folders = [...ownFolders, shippedFolder()];
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
