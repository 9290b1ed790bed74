// Kills `evb put --journal` with SIGKILL at random moments, up to three times, lets the same command go on, and counts
// the events: every one must have arrived; one whose acknowledgement was in the journal at a kill is not sent again;
// one that has arrived twice was called so; and all copies of one carry the same id.
//
// usage: node test/faults/soak-put.mjs [rounds] [seed]
//
// A moment is the n-th PutEvents call plus up to 8 ms. In every fourth round the last line is torn too, where it is an
// acknowledgement, as a crash of the machine would tear it.
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { bundle, bundleEvb } from "./bundle.mjs";

const rounds = Number(process.argv[2] ?? 20);
const seed = Number(process.argv[3] ?? Date.now() % 1e6);
const events = 120;
const work = mkdtempSync(join(tmpdir(), "evb-soak-put-"));
const { openLab, ndjson, seededRandom } = await import(
  await bundle(
    work,
    "lab.mjs",
    `export { openLab, ndjson } from "./test/commands/put/lab.ts";
     export { seededRandom } from "./test/world.ts";`,
  )
);
const evb = await bundleEvb(work);
const random = seededRandom(seed);
const totals = { kills: 0, torn: 0, passedOver: 0, twice: 0, lost: 0, unannounced: 0, again: 0, other: 0 };

const template = JSON.stringify({
  source: "shop",
  "detail-type": "T",
  time: "${now}",
  detail: { n: { $eval: "index" }, id: "${uuid()}" },
});

/** The ways in which events come. The templates' ids are fresh with every rendering: only the journal's seed keeps them. */
const inputs = [
  (lab) => ({ args: ["-"], stdin: lab.write("e.ndjson", ndjson(events)) }),
  (lab) => ({ args: [lab.write("e.ndjson.gz", gzipSync(ndjson(events)))] }),
  (lab) => ({ args: [lab.write("t.json", template), "--count", String(events)] }),
];

try {
  for (let round = 1; round <= rounds; round++) {
    const lab = await openLab();
    try {
      await trial(round, lab);
    } finally {
      await lab[Symbol.asyncDispose]();
    }
    if (round % 10 === 0 || round === rounds) process.stdout.write(`${round}: ${JSON.stringify(totals)}\n`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.stdout.write(`seed ${seed}, ${rounds} rounds of ${events} events\n`);
if (totals.lost + totals.unannounced + totals.again + totals.other > 0) process.exitCode = 1;

async function trial(round, lab) {
  const { args, stdin } = inputs[round % inputs.length](lab);
  const command = ["put", ...args, "-b", "orders", "--metadata", "--json", "--concurrency", "3"];
  command.push("--journal", "j", "--endpoint-url", lab.url);
  const said = new Set();
  const acknowledged = new Set();
  for (let kill = 1 + Math.floor(random() * 3); kill >= 0; kill--) {
    const from = lab.calls.length;
    const result = await run(lab, command, stdin, kill > 0);
    for (const { Detail } of lab.calls.slice(from).flat())
      if (acknowledged.has(JSON.parse(Detail).n)) complain("again", round, Detail, result);
    for (const line of result.lines) if (line.maybeTwice) said.add(line.index);
    if (result.signal !== "SIGKILL") {
      if (result.code !== 0) complain("lost", round, `exit code ${result.code}`, result);
      totals.passedOver += Number(/(\d+) had been published/.exec(result.err)?.[1] ?? 0);
      // Killed between the journal and the screen: then the summary counts it, and the journal names it.
      for (const [index, , twice] of publishedIn(join(lab.folder, "j"))) if (twice) said.add(index);
      return check(round, lab, said, result);
    }
    totals.kills++;
    if (round % 4 === 0) tear(join(lab.folder, "j"));
    for (const [index] of publishedIn(join(lab.folder, "j"))) acknowledged.add(index);
  }
}

function check(round, lab, said, result) {
  const ids = lab.received.map(({ detail }) => detail.metadata.eventId);
  const distinct = new Set(ids);
  if (distinct.size < events) complain("lost", round, `${distinct.size} of ${events}`, result);
  if (distinct.size > events) complain("other", round, `${distinct.size} ids of ${events} events`, result);
  const numbers = lab.received.map(({ detail }) => detail.n);
  for (const n of new Set(numbers)) {
    if (numbers.filter((other) => other === n).length < 2) continue;
    totals.twice++;
    if (!said.has(n)) complain("unannounced", round, n, result);
  }
}

function complain(kind, round, what, { code, err }) {
  totals[kind]++;
  process.stdout.write(`round ${round}: ${kind}: ${what}\n${code} ${err}\n`);
}

/** Cuts into the last line when it is an acknowledgement. */
function tear(journal) {
  const text = readFileSync(journal, "utf8");
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  if (!last.startsWith('{"entry":"published"')) return;
  totals.torn++;
  truncateSync(journal, Buffer.byteLength(text) - 1 - Math.ceil(random() * (last.length - 1)));
}

function publishedIn(journal) {
  let text = "";
  try {
    text = readFileSync(journal, "utf8");
  } catch {
    // Killed before it was made.
  }
  const lines = text.split("\n").flatMap(parsed);
  return lines.filter(({ entry }) => entry === "published").flatMap((line) => line.events);
}

function parsed(line) {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

async function run(lab, command, stdin, kill) {
  const input = stdin === undefined ? undefined : openSync(join(lab.folder, stdin), "r");
  const child = spawn(process.execPath, [evb, ...command], {
    cwd: lab.folder,
    stdio: [input ?? "ignore", "pipe", "pipe"],
    env: { ...process.env, AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "us-east-1" },
  });
  if (input !== undefined) closeSync(input);
  const at = 1 + Math.floor(random() * 10);
  const delay = random() * 8;
  let seen = 0;
  lab.fault = ({ operation }) => {
    if (kill && operation === "PutEvents" && ++seen === at) setTimeout(() => child.kill("SIGKILL"), delay);
    return undefined;
  };
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  const { code, signal } = await new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
  // What was on its way when it was killed arrives all the same.
  await new Promise((resolve) => setTimeout(resolve, 30));
  return { code, signal, err, lines: out.split("\n").flatMap(parsed) };
}
