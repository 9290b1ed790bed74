// Kills `evb dlq redrive`, `drain` and `restore` with SIGKILL at random moments, lets the same command go on, and counts
// the messages: every one must be where it belongs, once, or twice where the second run has called it possibly double.
//
// usage: node test/faults/soak.mjs [count] [seed] [redrive|drain|restore …]
//
// Count is the number of rounds for each of them. Every other round of drain and restore is about a .gz file.
//
// A moment is the n-th call to the emulator plus up to 20 ms, so that most kills fall into the work and not into the
// start. An hour of the emulator's clock lies between the two runs: what the killed run held has come back by then.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle, bundleEvb } from "./bundle.mjs";

const count = Number(process.argv[2] ?? 20);
const seed = Number(process.argv[3] ?? Date.now() % 1e6);
const messages = 60;
const work = mkdtempSync(join(tmpdir(), "evb-soak-"));

const { openLab, arnOf, event, failure, windableClock, seededRandom } = await import(
  await bundle(
    work,
    "lab.mjs",
    `export { openLab, arnOf, event, failure } from "./test/commands/dlq/lab.ts";
     export { windableClock } from "./src/local/clock.ts";
     export { seededRandom } from "./test/world.ts";`,
  )
);
await bundleEvb(work);

const random = seededRandom(seed);
const wanted = process.argv.length > 4 ? process.argv.slice(4) : ["redrive", "drain", "restore"];
let bad = 0;
try {
  for (const name of wanted) await soak(name, await import("./soak-kinds.mjs").then((kinds) => kinds[name]));
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.stdout.write(`seed ${seed}, ${count} rounds of ${messages} messages each\n`);
if (bad > 0) process.exitCode = 1;

async function soak(name, kind) {
  const totals = {
    kills: 0,
    finishedFirst: 0,
    acknowledgedOnly: 0,
    inDoubt: 0,
    twice: 0,
    lost: 0,
    unannounced: 0,
  };
  for (let round = 1; round <= count; round++) {
    await trial(round, kind, totals);
    if (round % 10 === 0 || round === count)
      process.stdout.write(`${name} ${round}: ${JSON.stringify(totals)}\n`);
  }
  bad += totals.lost + totals.unannounced;
}

async function trial(round, kind, totals) {
  const clock = windableClock(Date.now());
  const lab = await openLab({ clock });
  try {
    await killAndGoOn(round, lab, clock, kind, totals);
  } finally {
    await lab[Symbol.asyncDispose]();
  }
}

async function killAndGoOn(round, lab, clock, kind, totals) {
  for (const queue of ["billing", "dlq"]) await lab.queue(queue);
  await lab.rule("shop", "bill", "shop", [{ Id: "billing", Arn: arnOf("billing") }]);
  const ids = Array.from({ length: messages }, (_, n) => `r${round}e${n}`);
  const bodies = ids.map((id, n) => event(id, "shop", { n }));
  await lab.sendMany("dlq", bodies, failure("shop/bill", arnOf("billing")));
  const file = join(lab.home, round % 2 === 0 ? "drained.ndjson.gz" : "drained.ndjson");
  await kind.prepare?.(lab, file);
  lab.local.faults.clear();

  const at = 1 + Math.floor(random() * kind.calls);
  const delay = random() * 20;
  let seen = 0;
  let child;
  lab.local.faults.add({
    operation: "*",
    kind: "late",
    ms: 0,
    where: () => {
      if (++seen === at) setTimeout(() => child.kill("SIGKILL"), delay);
      return false;
    },
  });
  const args = ["dlq", ...kind.command(file), "--yes", "--json"];
  const killed = await run(lab, args, (started) => {
    child = started;
  });
  lab.local.faults.clear();
  if (killed.signal === "SIGKILL") totals.kills++;
  else totals.finishedFirst++;
  await clock.advance(3600_000);
  const again = await run(lab, args);
  const left = await lab.counts("dlq");
  check(round, ids, killed, again, await kind.arrived(lab, file), left, totals);
}

function check(round, ids, killed, again, arrived, left, totals) {
  const lines = [killed, again].flatMap(({ out }) => out.split("\n").filter(isWhole).map(JSON.parse));
  const said = new Set(lines.filter((line) => line.possiblyDouble).map((line) => line.event.id));
  totals.acknowledgedOnly += lines.filter((line) =>
    /only the deletion|restored already/.test(line.reason ?? ""),
  ).length;
  totals.inDoubt += said.size;
  const there = arrived.map((body) => JSON.parse(body).id);
  const complain = (kind, id) => {
    totals[kind]++;
    process.stdout.write(`round ${round}: ${kind}: ${id}\n${killed.err}\n${again.code} ${again.err}\n`);
  };
  for (const id of ids) {
    const copies = there.filter((other) => other === id).length;
    if (copies === 0) complain("lost", id);
    if (copies > 1) totals.twice++;
    if (copies > 1 && !said.has(id)) complain("unannounced", id);
  }
  if (again.code !== 0 || left.visible + left.hidden > 0)
    complain("lost", `left in the queue: ${JSON.stringify(left)}`);
}

function run(lab, args, started = () => {}) {
  const child = spawn(process.execPath, [join(work, "evb.mjs"), ...args], {
    env: { ...process.env, ...lab.world().env },
    cwd: lab.home,
  });
  started(child);
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => {
    out += data;
  });
  child.stderr.on("data", (data) => {
    err += data;
  });
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, out, err }));
  });
}

function isWhole(line) {
  try {
    JSON.parse(line);
    return line !== "";
  } catch {
    return false;
  }
}
