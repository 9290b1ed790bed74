// Peak memory over the size of an archive that is piped in: node memory.mjs [MEGABYTES…]. It must not grow with it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeArchive } from "./archive.mjs";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [50, 500, 2000];
const folder = join(import.meta.dirname, "../../../.tmp/bench");
mkdirSync(folder, { recursive: true });
const file = join(folder, "archive-50.ndjson");
writeArchive(file, 50);
const part = readFileSync(file);
const evb = join(import.meta.dirname, "../../../bin/evb.js");
const flags = ["-p", '{"detail":{"state":["ACTIVE"]}}', "--print", "--any"];

const peaks = [];
for (const megabytes of sizes) {
  const child = spawn("/usr/bin/time", ["-f", "%M", process.execPath, evb, "test-pattern", ...flags], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let written = 0;
  let told = "";
  child.stdout.on("data", (bytes) => {
    written += bytes.length;
  });
  child.stderr.on("data", (bytes) => {
    told += bytes;
  });
  const ended = once(child, "close");
  for (let sent = 0; sent < megabytes; sent += 50)
    if (!child.stdin.write(part)) await once(child.stdin, "drain");
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`evb ended with ${code}: ${told}`);
  peaks.push(Number(told) / 1024);
  console.log(
    `${megabytes} MB in, ${(written / 1e6).toFixed(0)} MB out: ${peaks.at(-1).toFixed(0)} MB at most`,
  );
}
if (peaks.at(-1) > peaks[0] * 1.5) {
  console.error("memory grows with the archive");
  process.exitCode = 1;
}
