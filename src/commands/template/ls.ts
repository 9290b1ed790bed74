import { EvbError } from "../../core/errors.ts";
import type { Template } from "../../core/event/template/parse.ts";
import { Exit } from "../../core/exit.ts";
import { listFiles } from "../../shell/files.ts";
import type { Run } from "../perform.ts";
import { ownFolders, shippedFolder } from "../templates.ts";
import type { LsOptions } from "./command.ts";
import { openTemplate } from "./open.ts";

/** A template, or why it cannot be read. */
export interface LsHappening {
  readonly name: string;
  readonly path: string;
  readonly template?: Template;
  readonly fault?: string;
}

/** A name that stands in several folders is the template that `evb put` takes: the first. */
export const runLs: Run<LsOptions, LsHappening> = async function* (_options, { world }) {
  const seen = new Set<string>();
  for (const folder of [...ownFolders, shippedFolder()])
    for (const name of await listFiles(world, folder, ".json")) {
      if (seen.has(name)) continue;
      seen.add(name);
      const path = `${folder}/${name}.json`;
      try {
        yield { name, path, template: await openTemplate(world, path) };
      } catch (error) {
        if (!(error instanceof EvbError)) throw error;
        yield { name, path, fault: error.message };
      }
    }
  return Exit.done;
};
