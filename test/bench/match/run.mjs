// Pattern matching, side by side with its peers. The method is in README.md.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { makeEnvelopes } from "./envelopes.mjs";
import { envelopeFamilies, lotFamilies } from "./families.mjs";
import { makeLots } from "./lots.mjs";
import { aws, findClassPath, ours } from "./peer.mjs";
import { renderTable, showRate, showRatio, spread } from "./table.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: "string", default: "40000" },
    starts: { type: "string", default: "3" },
    rounds: { type: "string", default: "3" },
    warm: { type: "string", default: "1000" },
    ms: { type: "string", default: "250" },
    file: { type: "string" },
  },
});
// A folder of its own, so that two runs do not get in each other's way.
const folder = mkdtempSync(join(tmpdir(), "match-"));
process.on("exit", () => rmSync(folder, { recursive: true }));
const fileIn = (name) => join(folder, name);

const bundle = await bundleOf("pattern.mjs", "core/pattern/index.ts");
const data = await writeData();
const classPath = findClassPath(fileIn("class-path.txt"));
const engines = {
  trusted: () => ours(bundle, "trusted"),
  checked: () => ours(bundle, "checked"),
  "JSON.parse": () => ours(bundle, "parsed"),
  ...(classPath !== undefined && {
    "AWS, serial": () => aws(classPath, "Serial"),
    "AWS, parallel": () => aws(classPath, "Parallel"),
  }),
};
const names = Object.keys(engines);
const families = Object.entries({ ...lotFamilies, ...envelopeFamilies }).filter(
  ([name]) => positionals.length === 0 || positionals.some((start) => name.startsWith(start)),
);
/** Of each family: its rounds, each with the rate of every engine; what adding took; matches. */
const results = new Map(families.map(([name]) => [name, { rounds: [], added: [], hits: 0 }]));
if (classPath === undefined) console.log("AWS's engine is not measured: no Java, no Maven, or no artifact\n");

for (let start = 1; start <= Number(values.starts); start++) {
  console.error(`start ${start} of ${values.starts}, load ${loadavg()[0].toFixed(1)}`);
  const running = Object.fromEntries(names.map((name) => [name, engines[name]()]));
  let file;
  for (const [family, makeRules] of families) {
    const wanted = family in envelopeFamilies ? data.envelopes : data.lots;
    if (file !== wanted) for (const name of names) await running[name].ask(`data ${wanted}`);
    file = wanted;
    await measure(running, results.get(family), family, makeRules());
  }
  for (const engine of Object.values(running)) engine.stop();
}
report();

async function measure(running, result, family, rules) {
  const file = fileIn("rules.ndjson");
  writeFileSync(file, rules.map((rule) => `${JSON.stringify(rule)}\n`).join(""));
  const added = {};
  const hits = {};
  for (const name of names) {
    const [took, bytes, found] = await running[name].ask(`load ${file}`);
    added[name] = { seconds: took / 1e9, megabytes: bytes / 1e6 };
    hits[name] = found;
    await running[name].ask(`run ${values.warm}`);
  }
  result.added.push({ rules: rules.length, ...added });
  result.hits = hits.trusted;
  if (new Set(Object.values(hits)).size > 1) {
    console.log(`${family}: the engines disagree on the matches: ${JSON.stringify(hits)}`);
    process.exitCode = 1;
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    const rates = {};
    for (const name of names) {
      const [events, nanoseconds] = await running[name].ask(`run ${values.ms}`);
      rates[name] = (events * 1e9) / nanoseconds;
    }
    rates.AWS = Math.max(rates["AWS, serial"] ?? Number.NaN, rates["AWS, parallel"] ?? Number.NaN);
    result.rounds.push(rates);
  }
  const last = names.map((name) => `${name} ${(result.rounds.at(-1)[name] / 1000).toFixed(0)}`);
  console.error(`${family}: ${last.join(", ")}`);
}

function report() {
  const peers = classPath === undefined ? ["JSON.parse"] : ["JSON.parse", "AWS"];
  const ratios = peers.flatMap((peer) => ["trusted", "checked"].map((way) => [way, peer]));
  const heads = [
    "family",
    "matches",
    "trusted",
    "checked",
    ...peers,
    ...ratios.map((pair) => pair.join(" / ")),
  ];
  const rows = [...results].map(([family, { rounds, hits }]) => [
    family,
    String(hits),
    ...["trusted", "checked", ...peers].map((name) => showRate(spread(rounds.map((rates) => rates[name])))),
    ...ratios.map(([way, peer]) => showRatio(spread(rounds.map((rates) => rates[way] / rates[peer])))),
  ]);
  console.log(`Thousand events a second, and ratios of the same round: median (least–greatest)\n`);
  console.log(`${renderTable(heads, rows)}\n`);
  const many = [...results].filter(([, { added }]) => added[0].rules >= 10_000);
  const adding = many.flatMap(([family, { added }]) =>
    names.map((name) => [
      family,
      name,
      ...["seconds", "megabytes"].map((unit) =>
        spread(added.map((way) => way[name][unit])).median.toFixed(2),
      ),
    ]),
  );
  if (adding.length > 0) console.log(renderTable(["adding", "engine", "seconds", "heap, MB"], adding));
}

async function writeData() {
  const count = Number(values.events);
  const lots = values.file ?? fileIn("lots.ndjson");
  if (values.file === undefined) writeFileSync(lots, [...makeLots(count)].join(""));
  const entry = `export * from "./core/event/template/parse.ts"; export * from "./core/event/template/render.ts";`;
  const templates = await bundleOf("templates.mjs", undefined, entry);
  const envelopes = fileIn("envelopes.ndjson");
  writeFileSync(envelopes, [...makeEnvelopes(await import(templates), Math.ceil(count / 2))].join(""));
  return { lots, envelopes };
}

async function bundleOf(name, entry, contents) {
  const source = fileURLToPath(new URL("../../../src/", import.meta.url));
  const from =
    entry === undefined ? { stdin: { contents, resolveDir: source } } : { entryPoints: [source + entry] };
  await build({ ...from, outfile: fileIn(name), bundle: true, format: "esm", platform: "node" });
  return fileIn(name);
}
