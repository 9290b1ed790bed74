// The engines as processes that are asked by turns.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The class path of AWS's engine, or nothing where Java, Maven or the artifact cannot be had. `file` is written. */
export function findClassPath(file) {
  const goal = ["-q", "-f", here("java/pom.xml"), "dependency:build-classpath", `-Dmdep.outputFile=${file}`];
  try {
    execFileSync("java", ["-version"], { stdio: "ignore" });
    execFileSync("mvn", goal, { stdio: "ignore" });
    return readFileSync(file, "utf8").trim();
  } catch {
    return undefined;
  }
}

export const ours = (bundle, mode) => start("node", ["--expose-gc", here("engine.mjs"), bundle, mode]);
export const aws = (classPath, collector) =>
  start("java", [`-XX:+Use${collector}GC`, "-Xmx3g", "-cp", classPath, here("java/Peer.java")]);

function start(command, args) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) =>
    waiting.shift()?.resolve(line.split(" ").map(Number)),
  );
  const fail = (reason) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`${command} ${args.at(-1)}: ${reason}`));
  };
  child.on("error", ({ message }) => fail(message));
  child.on("exit", (code) => fail(`ended with ${code}`));
  return {
    /** Sends a line; the numbers that come back. */
    ask: (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${line}\n`);
      }),
    stop: () => child.stdin.end(),
  };
}
