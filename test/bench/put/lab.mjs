import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../../..");

/** The server in a process of its own. */
export async function openServer() {
  const server = spawn(process.execPath, [join(import.meta.dirname, "server.mjs")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = String(await new Promise((resolve) => server.stdout.once("data", resolve))).trim();
  const taken = async () => Number(await (await fetch(url)).text());
  return { url, taken, stop: () => server.kill() };
}

/** One event, as a line. */
export const eventLine = (n) =>
  `${JSON.stringify({
    source: "com.example.shop",
    "detail-type": "Order Placed",
    detail: {
      order: { id: `o-${n}`, total: n % 997, note: "x".repeat(240) },
      customer: { id: `c-${n % 1000}` },
    },
  })}\n`;

/** Runs Node with these arguments to its end, `input` on its standard input; gives seconds and the peak in MiB. */
export function run(args, url, input) {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
  const credentials = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local", AWS_REGION: "us-east-1" };
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    env: {
      ...rest,
      ...credentials,
      AWS_ENDPOINT_URL: url,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
    stdio: [input ? "pipe" : "ignore", "pipe", "pipe"],
  });
  child.stdout.resume();
  input?.pipe(child.stdin);
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
  let peak = 0;
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It has just ended, or there is no /proc.
    }
  }, 50);
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      clearInterval(look);
      const seconds = (performance.now() - began) / 1000;
      if (code === 0) resolve({ seconds, peak: Math.round(peak) });
      else reject(new Error(`${args.join(" ")} ended with ${code}: ${err}`));
    });
  });
}
