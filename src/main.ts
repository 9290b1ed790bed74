import manifest from "../package.json" with { type: "json" };
import { Exit } from "./core/exit.ts";
import { PipeClosed } from "./shell/play.ts";
import { worldOf } from "./shell/process.ts";
import type { World } from "./shell/world.ts";

/** Runs one command line to its end and returns the exit code. The only place that catches everything. */
export async function main(world: World): Promise<number> {
  if (world.argv.length === 1 && world.argv[0] === "--version") {
    world.stdout.write(`${manifest.version}\n`);
    return Exit.done;
  }
  try {
    const { dispatch } = await import("./program.ts");
    return await dispatch(world, manifest.version, main);
  } catch (error) {
    if (error instanceof PipeClosed) return Exit.done;
    const { report } = await import("./commands/report.ts");
    return report(world, error);
  }
}

/** `main` on a real process. */
export const start = (process: NodeJS.Process): Promise<number> => main(worldOf(process));
