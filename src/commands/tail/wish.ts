import type { Delivered } from "../../core/tail/body.ts";
import { type JournalFile, openJournalFile } from "../../shell/journal.ts";
import type { World } from "../../shell/world.ts";
import { openPattern } from "../pattern.ts";
import type { TailOptions } from "./command.ts";

/** What the flags name: patterns that are valid, and files that are open. */
export interface Wish extends AsyncDisposable {
  /** `--pattern`, as JSON. */
  readonly pattern: string | undefined;
  /** `--filter`. */
  readonly passes: (delivered: Delivered) => boolean;
  readonly save: JournalFile | undefined;
  readonly failed: JournalFile | undefined;
}

/** Reads and opens it all before anything is made. */
export async function openWish(world: World, options: TailOptions): Promise<Wish> {
  const pattern = options.pattern && (await openPattern(world, options.pattern, "--pattern")).text;
  const passes = await openFilter(world, options.filter);
  const files: JournalFile[] = [];
  const open = async (path: string | undefined) => {
    if (path === undefined) return undefined;
    const file = await openJournalFile(world, path, "demand");
    files.push(file);
    return file;
  };
  return {
    pattern,
    passes,
    save: await open(options.save),
    failed: await open(options.handler?.failed),
    async [Symbol.asyncDispose]() {
      for (const file of files) await file.close();
    },
  };
}

/** A body that is no JSON object matches no pattern. */
async function openFilter(world: World, value: string | undefined): Promise<Wish["passes"]> {
  if (value === undefined) return () => true;
  const { pattern } = await openPattern(world, value, "--filter");
  return ({ body, value: json }) =>
    typeof json === "object" &&
    json !== null &&
    !Array.isArray(json) &&
    pattern.matchesJson(Buffer.from(body));
}
