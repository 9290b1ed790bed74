import { homedir } from "node:os";
import { Exit } from "../core/exit.ts";
import { systemClock } from "./clock.ts";
import type { Signals, Stop, World } from "./world.ts";

const exits = { SIGINT: Exit.interrupted, SIGTERM: Exit.terminated, SIGHUP: Exit.hungUp } as const;

/** The world of a real process. */
export function worldOf(process: NodeJS.Process): World {
  // On Node 20 the SDK warns that its later releases will need Node 22; ours is pinned and bundled.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    // Getters, because merely touching process.stdin opens it.
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      return process.stderr;
    },
    clock: systemClock,
    random: Math.random,
    signals: () => listen(process),
  };
}

function listen(process: NodeJS.Process): Signals {
  const stop = new AbortController();
  const stopNow = new AbortController();
  const heard = (signal: NodeJS.Signals) => {
    const reason: Stop = { signal: signal as Stop["signal"], exit: exits[signal as Stop["signal"]] };
    (stop.signal.aborted ? stopNow : stop).abort(reason);
  };
  const names = Object.keys(exits) as (keyof typeof exits)[];
  for (const name of names) process.on(name, heard);
  return {
    stop: stop.signal,
    stopNow: stopNow.signal,
    [Symbol.dispose]() {
      for (const name of names) process.off(name, heard);
    },
  };
}
