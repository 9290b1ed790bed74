import { isAbsolute, relative, resolve } from "node:path";
import type { ChalkInstance } from "chalk";
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
  /** A file's path from the root of the repository in a job of GitHub Actions, which knows files by it; elsewhere as it is. */
  readonly fromRoot: (path: string) => string;
}

export interface ScreenOptions {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  /** `false` for `--no-color`. */
  readonly color?: boolean | undefined;
}

export async function openScreen(world: World, options: ScreenOptions): Promise<Screen> {
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
    paint: await openPaint(options.json ? 0 : level(stdout.isTTY)),
    paintErr: await openPaint(level(stderr.isTTY)),
    fromRoot: (path) => fromRoot(world, path),
  };
}

function fromRoot({ env, cwd }: World, path: string): string {
  if (!env.GITHUB_WORKSPACE) return path;
  const below = relative(env.GITHUB_WORKSPACE, resolve(cwd, path));
  return below.startsWith("..") || isAbsolute(below) ? path : below;
}

/** Chalk where there is colour; where there is none it is not even loaded. */
async function openPaint(level: 0 | 1): Promise<ChalkInstance> {
  if (level === 0) return plain;
  const { Chalk } = await import("chalk");
  return new Chalk({ level });
}

/** Takes chalk's place without colour: every style, and every chain of styles, gives the text back. */
const plain: ChalkInstance = new Proxy((...text: unknown[]) => text.join(" "), {
  // Not a promise: an async function would wait for a `then` for ever.
  get: (target, key) => (key === "then" || typeof key === "symbol" ? Reflect.get(target, key) : plain),
}) as unknown as ChalkInstance;
