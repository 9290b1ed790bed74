import { type ChildProcess, spawn } from "node:child_process";
import type { World } from "./world.ts";

export interface ChildRun {
  /** `undefined` when a signal ended it. */
  readonly exit: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** The command printed more than is kept. */
  readonly isCut: boolean;
}

export interface ChildEnd {
  /** Aborts to end the command: it gets the signal named `reason` (default SIGTERM), with all that it has started. */
  readonly end: AbortSignal;
  /** It has so long, in milliseconds, before it is killed. */
  readonly graceMs: number;
}

/** Of each stream so many bytes are kept. */
const outputRoom = 1 << 20;

/**
 * Runs a command line in the user's shell with a text on its stdin, and waits for its end. Rejects when it cannot be
 * started. A command that does not read its input is no error.
 */
export function runChild(
  { cwd, env, clock }: World,
  command: string,
  input: string,
  { end, graceMs }: ChildEnd,
): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that a signal reaches what the shell has started, and Ctrl-C is passed on by us alone.
    const child = spawn(command, { shell: true, cwd, env, detached: !isWindows });
    const stdout = keep(child.stdout);
    const stderr = keep(child.stderr);
    let cancelKill = () => {};
    const ending = () => {
      sendSignal(child, typeof end.reason === "string" ? (end.reason as NodeJS.Signals) : "SIGTERM");
      cancelKill = clock.after(graceMs, () => sendSignal(child, "SIGKILL"));
    };
    const release = () => {
      end.removeEventListener("abort", ending);
      cancelKill();
    };
    child.on("error", (error) => {
      release();
      reject(error);
    });
    child.on("close", (code, signal) => {
      release();
      resolve({
        exit: code ?? undefined,
        signal: signal ?? undefined,
        stdout: stdout.bytes(),
        stderr: stderr.bytes(),
        isCut: stdout.isCut() || stderr.isCut(),
      });
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    if (end.aborted) ending();
    else end.addEventListener("abort", ending, { once: true });
  });
}

const isWindows = process.platform === "win32";

function sendSignal(child: ChildProcess, signal: NodeJS.Signals): void {
  if (isWindows || child.pid === undefined) {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group has ended meanwhile.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function keep(stream: NodeJS.ReadableStream): { bytes(): Uint8Array; isCut(): boolean } {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    if (size < outputRoom) chunks.push(chunk.subarray(0, outputRoom - size));
    size += chunk.length;
  });
  return { bytes: () => Buffer.concat(chunks), isCut: () => size > outputRoom };
}
