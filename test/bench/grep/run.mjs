// A search through an archive as whole processes, side by side. The method is in README.md.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeArchive } from "./archive.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    megabytes: { type: "string", default: "190" },
  },
});
const folder = join(import.meta.dirname, "../../../.tmp/bench");
mkdirSync(folder, { recursive: true });
const file = join(folder, `archive-${values.megabytes}.ndjson`);
if (!existsSync(file)) writeArchive(file, Number(values.megabytes));

const evb = join(import.meta.dirname, "../../../bin/evb.js");
const wanted = '{"detail":{"customer":["c-4711"]}}';
const search = [process.execPath, evb, "test-pattern", "-p", wanted, "--print", "--any"];
const variants = {
  "evb, checked": [...search, "-e", file],
  "evb, --trust": [...search, "--trust", "-e", file],
  "evb, checked, from a pipe": ["sh", "-c", 'cat "$0" | "$@"', file, ...search],
  "node, readline and JSON.parse": [process.execPath, join(import.meta.dirname, "readline.mjs"), file],
};
if (spawnSync("jq", ["--version"]).status === 0)
  variants["jq -c select"] = ["jq", "-c", 'select(.detail.customer == "c-4711")', file];

const hasTime = spawnSync("/usr/bin/time", ["-f", "", "true"]).status === 0;
if (!hasTime) throw new Error("GNU time is not at /usr/bin/time: memory and processor time cannot be told");

const found = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
for (let round = 0; round < Number(values.rounds); round++)
  for (const [name, command] of Object.entries(variants)) found[name].push(await measure(command));

const reference = Object.keys(variants)[0];
const sums = new Set(Object.values(found).flatMap((runs) => runs.map(({ sum }) => sum)));
console.log(`${values.megabytes} MB, ${values.rounds} rounds: median (lowest to highest)`);
for (const [name, runs] of Object.entries(found)) {
  const ratios = runs.map(({ cpu }, i) => cpu / found[reference][i].cpu);
  const line = [
    name.padEnd(30),
    `${spread(runs.map(({ wall }) => wall))} s`,
    `processor ${spread(runs.map(({ cpu }) => cpu))} s`,
    `ratio ${spread(ratios)}`,
    `${Math.max(...runs.map(({ memory }) => memory)).toFixed(0)} MB at most`,
  ];
  console.log(line.join("   "));
}
if (sums.size !== 1) {
  console.error("the outputs differ");
  process.exitCode = 1;
}

/** Runs a command to its end: what it wrote, as a hash, wall and processor time in seconds, memory in MB. */
function measure([command, ...args]) {
  const child = spawn("/usr/bin/time", ["-f", "%e %U %S %M", command, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const hash = createHash("sha256");
  child.stdout.on("data", (bytes) => hash.update(bytes));
  let told = "";
  child.stderr.on("data", (bytes) => {
    told += bytes;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      if (code !== 0) return reject(new Error(`${command} ended with ${code}: ${told}`));
      const [wall, user, system, memory] = told.trim().split("\n").at(-1).split(" ").map(Number);
      resolve({ sum: hash.digest("hex"), wall, cpu: user + system, memory: memory / 1024 });
    });
  });
}

function spread(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return `${middle.toFixed(2)} (${sorted[0].toFixed(2)} to ${sorted.at(-1).toFixed(2)})`;
}
