import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { EvbError } from "../../../core/errors.ts";
import { Exit } from "../../../core/exit.ts";
import { printTree } from "../../../core/route/file/print.ts";
import { renderBusFile } from "../../../core/route/file/render.ts";
import type { Bus } from "../../../core/route/index.ts";
import type { World } from "../../../shell/world.ts";
import type { Run } from "../../perform.ts";
import type { WarningHappening } from "../note.ts";
import { type OpenRules, openRules } from "../open.ts";
import type { ExportOptions } from "./command.ts";

export type ExportHappening =
  | WarningHappening
  | {
      readonly kind: "exported";
      /** The text; absent where it went into a file. */
      readonly text?: string;
      readonly file?: string;
      readonly buses: number;
      readonly rules: number;
      readonly queues: number;
    };

export const runExport: Run<ExportOptions, ExportHappening> = async function* (options, stage) {
  const opened = await openRules(stage, options, options.queues);
  for (const text of opened.warnings) yield { kind: "warning", text };
  const buses = withOnward(opened);
  demandOneOfEach(buses);
  for (const text of openOf(buses)) yield { kind: "warning", text };
  const text = `${printTree(renderBusFile({ buses, queues: opened.model.queues }))}\n`;
  const { output } = options;
  if (output !== undefined) await save(stage.world, output, text, options.force);
  yield {
    kind: "exported",
    ...(output === undefined ? { text: text.trimEnd() } : { file: output }),
    buses: buses.length,
    rules: buses.reduce((sum, { rules }) => sum + rules.length, 0),
    queues: opened.model.queues.length,
  };
  return Exit.done;
};

/** With a bus go those that it sends to: targets name them. */
function withOnward({ model, buses }: OpenRules): readonly Bus[] {
  const arns = buses.flatMap(({ rules }) => rules.flatMap(({ targets }) => targets.map(({ Arn }) => Arn)));
  return model.buses.filter((bus) => buses.includes(bus) || arns.includes(bus.arn));
}

/** A bus file knows its buses by their names, and has one home. */
function demandOneOfEach(buses: readonly Bus[]): void {
  for (const { name } of buses) {
    const called = buses.filter((bus) => bus.name === name);
    if (called.length === 1) continue;
    throw new EvbError(
      "BAD_USAGE",
      `${called.length} event buses are called ${name}, and a bus file has one of a name`,
      [`name one by its ARN with --bus: ${called.map(({ arn }) => arn).join(", ")}`],
    );
  }
}

/** What a file without the template cannot fill in any more. */
function openOf(buses: readonly Bus[]): string[] {
  const names = buses.flatMap(({ rules }) =>
    rules.flatMap(({ unknowns }) => unknowns.map(({ name }) => name)),
  );
  const open = [...new Set(names)];
  return open.length === 0
    ? []
    : [
        `${open.join(", ")}: known only at the deploy, and stays open in the file; --parameter gives a value now`,
      ];
}

async function save(world: World, path: string, text: string, isForced: boolean): Promise<void> {
  try {
    await writeFile(resolve(world.cwd, path), text, { flag: isForced ? "w" : "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST")
      throw new EvbError("FILE_NOT_WRITTEN", `${path} is there already`, [
        "--force replaces it",
        "or name another with --output",
      ]);
    throw new EvbError(
      "FILE_NOT_WRITTEN",
      `${path} cannot be written: ${(error as Error).message}`,
      [],
      error,
    );
  }
}
