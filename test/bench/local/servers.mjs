// The emulator and the others, each in a process of its own.
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cpuOf } from "./cost.mjs";

const bin = join(import.meta.dirname, "../../../bin/evb.js");
const npmPeers = { fauxqs: "1.9.2", "local-aws-sqs": "2.0.2" };

/** As a person starts it; `ready` says in which time it was, and with how much of the CPU. */
export const startEvb = () => startSaying("evb", [bin, "local", "--port", "0", "--json", "--lenient"]);

/** With a raised quota of rules, which on AWS is asked for and here is an option of the library. */
export const startWithRules = (rulesPerBus) =>
  startSaying("evb", [join(import.meta.dirname, "emulator.mjs"), String(rulesPerBus)]);

async function startSaying(name, args) {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const { url } = JSON.parse(await new Promise((resolve) => child.stdout.once("data", resolve)));
  const ready = { ms: performance.now() - began, cpuMs: cpuOf(child.pid) };
  return { ...serverOf(name, child, Number(new URL(url).port)), ready };
}

/** What of the others runs here, and why the rest does not. `folder` takes what is installed. */
export async function startPeers(folder) {
  const peers = [];
  const left = [];
  const attempt = async (name, start) => {
    try {
      peers.push(await start());
    } catch (error) {
      left.push(`${name} is left out: ${error.message}`);
    }
  };
  await attempt("moto", startMoto);
  for (const [name, version] of Object.entries(npmPeers))
    await attempt(name, () => startNpmPeer(name, version, folder));
  return { peers, left };
}

function startMoto() {
  const moto = "moto_server";
  if (spawnSync(moto, ["--help"]).status !== 0) throw new Error(`no ${moto} on the PATH`);
  return startOn("moto", (port) => [moto, ["-H", "127.0.0.1", "-p", String(port)]]);
}

function startNpmPeer(name, version, folder) {
  const flags = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--loglevel=error"];
  const installed = spawnSync("npm", ["install", "--prefix", folder, ...flags, `${name}@${version}`]);
  if (installed.status !== 0)
    throw new Error(
      `npm cannot have it: ${installed.error?.message ?? installed.stderr.toString().trim().split("\n")[0]}`,
    );
  const scripts = {
    fauxqs: (port) =>
      `import("fauxqs").then(({ startFauxqs }) => startFauxqs({ port: ${port}, logger: false }))`,
    "local-aws-sqs": (port) =>
      `require("local-aws-sqs").createSqsServer({ port: ${port}, hostname: "127.0.0.1", region: "us-east-1" })`,
  };
  return startOn(`${name} ${version}`, (port) => [process.execPath, ["-e", scripts[name](port)]], folder);
}

async function startOn(name, command, cwd) {
  const port = await freePort();
  const child = spawn(...command(port), { cwd, stdio: "ignore" });
  for (let tries = 0; ; tries++) {
    if (await fetch(`http://127.0.0.1:${port}`).catch(() => undefined)) return serverOf(name, child, port);
    if (tries > 150 || child.exitCode !== null) {
      child.kill("SIGKILL");
      throw new Error("it does not answer");
    }
    await sleep(200);
  }
}

function serverOf(name, child, port) {
  const kill = () => child.kill("SIGKILL");
  // Where the bench fails, nothing of it goes on.
  process.once("exit", kill);
  const end = () =>
    new Promise((resolve) => {
      process.off("exit", kill);
      child.once("close", resolve);
      kill();
    });
  return { name, port, pid: child.pid, end };
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
