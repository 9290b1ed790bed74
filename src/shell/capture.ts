import { Readable, Writable } from "node:stream";
import { Exit } from "../core/exit.ts";
import type { Stop, World } from "./world.ts";

/** A world inside this one whose output is kept instead of shown, to run another command line in. */
export interface Captured {
  readonly world: World;
  out(): string;
  err(): string;
  /** Resolves once the output holds a text, or the signal aborts. */
  saw(text: string, signal: AbortSignal): Promise<void>;
  /** As Ctrl-C would. */
  interrupt(): void;
}

export interface CaptureOptions {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: World["env"];
}

export function captureWorld(base: World, { argv, cwd, env }: CaptureOptions): Captured {
  const out: string[] = [];
  const err: string[] = [];
  const watchers = new Set<() => void>();
  const sink = (kept: string[]) =>
    new Writable({
      write(chunk, _encoding, done) {
        kept.push(String(chunk));
        for (const watcher of watchers) watcher();
        done();
      },
    });
  const stop = new AbortController();
  const never = new AbortController();
  const text = () => out.join("") + err.join("");
  return {
    world: {
      ...base,
      argv,
      cwd,
      env,
      stdin: Readable.from([]),
      stdout: sink(out),
      stderr: sink(err),
      signals: () => ({ stop: stop.signal, stopNow: never.signal, [Symbol.dispose]() {} }),
    },
    out: () => out.join(""),
    err: () => err.join(""),
    saw: (wanted, signal) =>
      new Promise((resolve) => {
        const look = () => {
          if (!signal.aborted && !text().includes(wanted)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        signal.addEventListener("abort", look, { once: true });
        look();
      }),
    interrupt: () => stop.abort({ signal: "SIGINT", exit: Exit.interrupted } satisfies Stop),
  };
}
