import { spawn } from "node:child_process";
import { cleanEnv } from "./local.mjs";

/** Runs a command to its end, or to the end of its time. Never throws. */
export function runCommand(command, args, { env = {}, seconds = 120, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...cleanEnv, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
      ...options,
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (err += chunk));
    child.once("error", (error) => resolve({ code: 127, out, err: error.message }));
    child.once("close", (code, signal) => {
      if (signal !== null) err += `\nended by ${signal}, after ${seconds} seconds at most`;
      resolve({ code: code ?? 1, out, err });
    });
  });
}

/** The same for what has to succeed. */
export async function demand(command, args, options) {
  const outcome = await runCommand(command, args, options);
  if (outcome.code === 0) return outcome.out;
  const said = `${outcome.err}\n${outcome.out}`.trim().slice(-1500);
  throw new Error(`${command} ${args.slice(0, 4).join(" ")} … ended with ${outcome.code}: ${said}`);
}

export async function has(command, args = ["--version"]) {
  return (await runCommand(command, args, { seconds: 30 })).code === 0;
}
