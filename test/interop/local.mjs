// The built emulator as its users start it, and a world in which no client can reach AWS.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const root = join(import.meta.dirname, "../..");
export const bin = join(root, "bin/evb.js");

/** What clients are started with: dummy credentials, no profile, no metadata service, nothing of the person's own. */
export const cleanEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS_|TF_|PYTHON)/.test(name))),
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  AWS_PAGER: "",
  PYTHONDONTWRITEBYTECODE: "1",
};

/** Runs a client against an `evb local` of its own; mistakes that the emulator made are failures of the client. */
export async function onLocal(act) {
  const local = await openLocal();
  try {
    const report = await act(local);
    report.failures.push(...local.bugs());
    return report;
  } finally {
    await local.close();
  }
}

/** Starts `evb local` on a free port. */
export async function openLocal() {
  const child = spawn(process.execPath, [bin, "local", "--port", "0", "--json"], {
    env: cleanEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const told = [];
  createInterface({ input: child.stderr }).on("line", (line) => told.push(line));
  const ended = new Promise((resolve) => child.once("close", resolve));
  const first = await Promise.race([
    new Promise((resolve) => createInterface({ input: child.stdout }).once("line", resolve)),
    ended.then(() => undefined),
  ]);
  if (first === undefined) throw new Error(`evb local did not start: ${told.join("\n")}`);
  const { url } = JSON.parse(first);
  demandLocal(url);
  return {
    url,
    /** What it said of its own mistakes. */
    bugs: () => told.filter((line) => line.includes("bug:")),
    async close() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

export function demandLocal(url) {
  if (new URL(url).hostname !== "127.0.0.1") throw new Error(`${url} is not on this machine`);
}
