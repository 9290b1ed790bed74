import { mkdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { families } from "./families.mjs";
import { makeLots } from "./lots.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
    file: { type: "string" },
  },
});

const folder = new URL("../../../.tmp/bench/", import.meta.url);
mkdirSync(folder, { recursive: true });
const outfile = new URL("pattern.mjs", folder);
const entry = new URL("../../../src/core/pattern/index.ts", import.meta.url);
await build({
  entryPoints: [entry.pathname],
  outfile: outfile.pathname,
  bundle: true,
  format: "esm",
  platform: "node",
});
const { RuleSet } = await import(outfile.href);

const bytes =
  values.file === undefined ? makeLots(Number(values.events)) : new Uint8Array(readFileSync(values.file));
const ends = [];
for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) ends.push(at);
const rounds = Number(values.rounds);
console.log(`${ends.length} events of ${Math.round(bytes.length / ends.length)} bytes, ${rounds} rounds`);
console.log("thousand events a second, median (lowest to highest)");

for (const [name, make] of Object.entries(families)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const rules = make();
  const began = process.cpuUsage().user;
  const set = new RuleSet();
  for (const [i, rule] of rules.entries()) set.add(`r${i}`, rule);
  const adding = (process.cpuUsage().user - began) / 1000;
  const trusted = measure((start, end) => set.matchJson(bytes, { start, end, trusted: true }).length);
  const checked = measure((start, end) => set.matchJson(bytes, { start, end }).length);
  const parsed = measure((start, end) => set.match(JSON.parse(textOf(start, end))).length, 1);
  if (new Set([trusted.hits, checked.hits, parsed.hits]).size !== 1) {
    console.error(`${name}: the ways of reading disagree`, trusted.hits, checked.hits, parsed.hits);
    process.exitCode = 1;
  }
  const parts = [`trusted ${show(trusted)}`, `checked ${show(checked)}`, `JSON.parse ${show(parsed)}`];
  console.log(
    `${name.padEnd(26)} ${parts.join("  ")}  ${trusted.hits} matches, added in ${adding.toFixed(0)} ms`,
  );
}

function measure(match, most = rounds) {
  const rates = [];
  let hits = 0;
  for (let round = 0; round <= most; round++) {
    hits = 0;
    const began = process.cpuUsage().user;
    let start = 0;
    for (const end of ends) {
      hits += match(start, end);
      start = end + 1;
    }
    if (round > 0) rates.push((ends.length * 1000) / (process.cpuUsage().user - began));
  }
  return { hits, rates: rates.sort((a, b) => a - b) };
}

function show({ rates }) {
  const median = rates[Math.floor(rates.length / 2)];
  return `${median.toFixed(0).padStart(5)} (${rates[0].toFixed(0)} to ${rates.at(-1).toFixed(0)})`;
}

function textOf(start, end) {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
}
