import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { EvbError } from "../../core/errors.ts";
import { parseTemplate } from "../../core/event/template/parse.ts";
import { Exit } from "../../core/exit.ts";
import { AskEnded } from "../../shell/ask.ts";
import type { Run } from "../perform.ts";
import type { Stage } from "../stage.ts";
import type { NewOptions } from "./command.ts";
import { renderExample } from "./open.ts";

export interface NewHappening {
  /** Where it was written; `-` for standard output. */
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly variables: readonly { readonly name: string; readonly isGiven: boolean }[];
  readonly notes: readonly string[];
}

/** A template that has been made, not yet written. */
export interface Making {
  readonly template: object;
  readonly notes: readonly string[];
}

export const runNew: Run<NewOptions, NewHappening> = async function* (options, stage) {
  const { world } = stage;
  const { name } = options;
  const path = name === "-" || /[\\/]|\.json$/.test(name) ? name : `templates/${name}.json`;
  let made: Making;
  try {
    made = await make(options, stage);
  } catch (error) {
    if (error instanceof AskEnded) return Exit.interrupted;
    throw error;
  }
  const text = `${JSON.stringify(made.template, null, 2)}\n`;
  const template = parseTemplate(path, text, made.template);
  // What cannot be rendered is not left lying about.
  await renderExample(world, template);
  if (path !== "-") await write(resolve(world.cwd, path), path, text, options.force);
  const variables = template.variables.map((variable) => ({
    name: variable.name,
    isGiven: !("default" in variable),
  }));
  yield { path, name, text, variables, notes: made.notes };
  return Exit.done;
};

async function make(options: NewOptions, stage: Stage): Promise<Making> {
  if (options.schema !== undefined)
    return (await import("./new-of-schema.ts")).makeOfSchema({ ...options, name: options.schema }, stage);
  const event = options.event ?? (stage.world.stdin.isTTY ? undefined : "-");
  if (event !== undefined)
    return (await import("./new-of-event.ts")).makeOfEvent(event, options, stage.world);
  if (stage.mayAsk) return (await import("./new-by-asking.ts")).makeByAsking(options, stage.world);
  throw new EvbError("NEEDS_ANSWER", "there is nothing to make the template of", [
    "pipe an event in, or give --event, or --schema",
  ]);
}

async function write(file: string, path: string, text: string, force: boolean): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST")
      throw new EvbError("FILE_NOT_WRITTEN", `${path} is there already`, ["--force writes over it"], error);
    throw new EvbError(
      "FILE_NOT_WRITTEN",
      `${path} cannot be written: ${(error as Error).message}`,
      [],
      error,
    );
  }
}
