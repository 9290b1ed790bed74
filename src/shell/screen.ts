import { Chalk, type ChalkInstance } from "chalk";
import type { World } from "./world.ts";

/** How a view may write: for a person or a machine, with or without colour. */
export interface Screen {
  /** stdout carries machine output only. */
  readonly json: boolean;
  /** No progress and no summary. */
  readonly quiet: boolean;
  /** stdout is a terminal: tables have frames, lines may be cut to `columns`. */
  readonly tty: boolean;
  /** stderr is a terminal: spinners and progress lines may be drawn. */
  readonly lively: boolean;
  readonly columns: number;
  /** Colour for stdout, and for stderr; without effect where the stream must stay plain. */
  readonly paint: ChalkInstance;
  readonly paintErr: ChalkInstance;
}

export interface ScreenOptions {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  /** `false` for `--no-color`. */
  readonly color?: boolean | undefined;
}

export function openScreen(world: World, options: ScreenOptions): Screen {
  const { env, stdout, stderr } = world;
  const level = (isTTY: boolean | undefined): 0 | 1 => {
    if (options.color === false || env.NO_COLOR) return 0;
    if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR === "0" ? 0 : 1;
    return isTTY && env.TERM !== "dumb" ? 1 : 0;
  };
  return {
    json: options.json === true,
    quiet: options.quiet === true,
    tty: stdout.isTTY === true,
    lively: stderr.isTTY === true && env.TERM !== "dumb" && options.quiet !== true,
    columns: stdout.columns ?? 80,
    paint: new Chalk({ level: options.json ? 0 : level(stdout.isTTY) }),
    paintErr: new Chalk({ level: level(stderr.isTTY) }),
  };
}
