/**
 * Time, as a value that is passed in. Core, commands and emulator take one; the real one lives in
 * `shell/clock.ts`, the one that tests wind by hand in `local/clock.ts`.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once, `ms` from now; the result cancels it. A timer never keeps the process alive by itself. */
  after(ms: number, task: () => void): () => void;
  /** Resolves `ms` from now, or as soon as `signal` aborts (it never rejects). Keeps the process alive. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A number in [0, 1), as `Math.random` gives it. */
export type Random = () => number;
