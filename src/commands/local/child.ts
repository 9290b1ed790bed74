import { spawn } from "node:child_process";
import { EvbError } from "../../core/errors.ts";
import { Exit } from "../../core/exit.ts";
import type { Signals, Stop } from "../../shell/world.ts";
import type { LocalExecOptions } from "./command.ts";

/**
 * Runs a command with our own streams, and gives its exit code. The first signal is passed on to it; the second kills
 * it.
 */
export function runChild(
  { command, args }: Pick<LocalExecOptions, "command" | "args">,
  env: Record<string, string | undefined>,
  cwd: string,
  signals: Signals,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: "inherit" });
    // A terminal's Ctrl-C reaches the child by itself; a signal sent to us alone does not.
    onAbort(signals.stop, () => child.kill((signals.stop.reason as Stop).signal));
    onAbort(signals.stopNow, () => child.kill("SIGKILL"));
    child.on("error", (error: NodeJS.ErrnoException) =>
      reject(
        new EvbError(
          "BAD_USAGE",
          `cannot run ${command}: ${error.code === "ENOENT" ? "no such command" : error.message}`,
          ["the command stands behind --: evb local exec -- npm test"],
        ),
      ),
    );
    child.on("close", (code, signal) =>
      resolve(code ?? (signal === "SIGINT" ? Exit.interrupted : Exit.terminated)),
    );
  });
}

function onAbort(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener("abort", act, { once: true });
}
