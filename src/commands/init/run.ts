import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import { AskEnded, askChoice } from "../../shell/ask.ts";
import { exists } from "../../shell/files.ts";
import type { World } from "../../shell/world.ts";
import { shellWord } from "../command-line.ts";
import type { Stage } from "../stage.ts";
import type { InitOptions } from "./command.ts";
import { listStarters, openStarter, type StarterFile } from "./starter.ts";

export type InitHappening =
  | { readonly kind: "written"; readonly path: string }
  | { readonly kind: "next"; readonly commands: readonly string[] };

/** All files or none: what is in the way is found before the first is written. */
export async function* runInit(options: InitOptions, stage: Stage): AsyncGenerator<InitHappening, number> {
  const name = options.name ?? (await chooseStarter(stage));
  if (name === undefined) return Exit.interrupted;
  const { world } = stage;
  const { files, bus, event } = await openStarter(name);
  const { to } = options;
  await demandFree(world, to, files);
  for (const { path, text } of files) {
    await writeNew(world, join(to, path), text);
    yield { kind: "written", path: join(to, path) };
  }
  const enter = to === "." ? [] : [`cd ${shellWord(to)}`];
  yield {
    kind: "next",
    commands: [
      ...enter,
      "evb test --coverage",
      `evb template show ${event} --render | evb route --from ${name}.json -b ${bus} --all`,
      `evb local --from ${name}.json`,
      `evb put ${event} -b ${bus} --local`,
    ],
  };
  return Exit.done;
}

async function chooseStarter({ world, mayAsk }: Stage): Promise<string | undefined> {
  const starters = await listStarters();
  if (!mayAsk)
    throw new EvbError("NEEDS_ANSWER", "which starter? nobody is there to answer", [
      `name one: evb init ${starters.map(({ name }) => name).join("|")}`,
    ]);
  const width = Math.max(...starters.map(({ name }) => name.length));
  const choices = starters.map(({ name, description }) => ({
    name: `${name.padEnd(width)}  ${description}`,
    value: name,
    short: name,
  }));
  return askChoice(world, "which starter?", choices).catch((error: unknown) => {
    if (error instanceof AskEnded) return undefined;
    throw error;
  });
}

async function demandFree(world: World, to: string, files: readonly StarterFile[]): Promise<void> {
  const taken: string[] = [];
  for (const { path } of files) if (await exists(world, join(to, path))) taken.push(join(to, path));
  if (taken.length === 0) return;
  throw new EvbError(
    "FILE_NOT_WRITTEN",
    `${taken.join(", ")} ${taken.length > 1 ? "exist" : "exists"} already; nothing was written`,
    ["--to FOLDER puts the files elsewhere"],
  );
}

async function writeNew(world: World, path: string, text: string): Promise<void> {
  const file = resolve(world.cwd, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    throw new EvbError(
      "FILE_NOT_WRITTEN",
      `${path} cannot be written: ${(error as Error).message}`,
      [],
      error,
    );
  }
}
