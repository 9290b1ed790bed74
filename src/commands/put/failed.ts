import { EvbError } from "../../core/errors.ts";
import { type Entry, renderEntry } from "../../core/event/entry.ts";
import { openAppender } from "../../shell/append.ts";
import { isSameFile } from "../../shell/files.ts";
import type { World } from "../../shell/world.ts";

/** Where the entries go that failed for good, one a line, in the form that `evb put -` takes. */
export interface Failed extends AsyncDisposable {
  write(entry: Entry): Promise<void>;
  /** A broken event, in one line, as it was read. */
  keep(text: string | Uint8Array): Promise<void>;
}

/** Opened before anything is sent, so that a file that cannot be written is known in time. */
export async function openFailed(path: string | undefined, world: World): Promise<Failed> {
  if (path === undefined)
    return { write: async () => {}, keep: async () => {}, [Symbol.asyncDispose]: async () => {} };
  const file = await openAppender(world, path, "w");
  return {
    write: (entry) => file.write(JSON.stringify(renderEntry(entry))),
    keep: (text) => file.write(text),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** A file that is written must not be one that is being read. */
export async function demandOther(
  flag: string,
  path: string,
  inputs: readonly string[],
  world: World,
): Promise<void> {
  for (const input of inputs) {
    const { fd } = world.stdin as { readonly fd?: unknown };
    const other = input !== "-" ? input : typeof fd === "number" ? fd : undefined;
    if (other !== undefined && (await isSameFile(world, path, other)))
      throw new EvbError("BAD_USAGE", `${flag} ${path} is the file that the events are read from`, [
        "name another file",
      ]);
  }
}
