import type { Readable, Writable } from "node:stream";
import type { Clock, Random } from "../core/clock.ts";
import type { ExitCode } from "../core/exit.ts";

/** A stream that may be a terminal. */
export type Input = Readable & { readonly isTTY?: boolean };
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Why a command was told to stop. `exit` is what it then ends with. */
export interface Stop {
  readonly signal: "SIGINT" | "SIGTERM" | "SIGHUP";
  readonly exit: ExitCode;
}

/** Listening to signals, for as long as it is not disposed. Their `reason` is a `Stop`. */
export interface Signals extends Disposable {
  /** Aborts at the first signal: take no more work, finish, clean up. */
  readonly stop: AbortSignal;
  /** Aborts at the second: leave at once and name what is left. */
  readonly stopNow: AbortSignal;
}

/**
 * Everything outside the program, as one value. `bin/` makes the real one, tests make their own.
 * Nothing below `bin/` and `shell/` reads `process`.
 */
export interface World {
  /** Arguments, without the interpreter and the script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path against which relative paths are taken. */
  readonly cwd: string;
  /** The user's home directory, absolute. */
  readonly home: string;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of every file and folder that is read, by its path; for whoever waits for a change of them. */
  readonly onRead?: ((path: string) => void) | undefined;
  /**
   * From this call on signals do not end the process but abort the signals returned. A verb that does not
   * ask is ended by the system's default.
   */
  signals(): Signals;
}
