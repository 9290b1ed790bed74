// usage: node test/bench/local/run.mjs [seconds] [rounds] [part …]   (after `npm run build`; see README.md)
import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { openPool } from "./client.mjs";
import { costOf, measure, memoryOf } from "./cost.mjs";
import { cycle, fillQueue, makeQueue, putEvents, putRule } from "./loads.mjs";
import { comparePeers } from "./peers.mjs";
import { print, printRates } from "./print.mjs";
import { makeRules } from "./rules.mjs";
import { startEvb, startWithRules } from "./servers.mjs";

const [seconds, rounds] = [2, 3].map((at, index) => Number(process.argv[at] ?? [1, 5][index]));
const parts = { ready, put, rules, queue, memory, peers: () => comparePeers(seconds, rounds) };

const wanted = process.argv.length > 4 ? process.argv.slice(4) : Object.keys(parts);
for (const name of wanted)
  if (!Object.hasOwn(parts, name)) throw new Error(`no part ${name}: ${Object.keys(parts).join(" ")}`);
for (const name of wanted) {
  await parts[name]();
  console.log(`  load ${loadavg()[0].toFixed(1)}`);
}

/** An emulator and a client of it, for as long as `act` takes. */
async function using(start, act) {
  const server = await start();
  const pool = openPool(server.port);
  try {
    return await act(server, pool);
  } finally {
    pool.end();
    await server.end();
  }
}

async function ready() {
  const times = [];
  const cpus = [];
  for (let round = 0; round <= rounds; round++) {
    const bare = bareNode();
    const { ready, end } = await startEvb();
    await end();
    if (round === 0) continue;
    times.push(ready.ms - bare.ms);
    cpus.push((ready.cpuMs ?? Number.NaN) - bare.cpuMs);
  }
  print("ready, over bare node", times, "ms");
  print("  CPU until then, over bare node", cpus, "ms");
}

function bareNode() {
  const script = "const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)";
  const began = performance.now();
  const { stdout } = spawnSync(process.execPath, ["-e", script]);
  return { ms: performance.now() - began, cpuMs: Number(stdout) };
}

async function put() {
  await using(startEvb, async (server, pool) => {
    await putRule(pool);
    await putEvents(server, pool, undefined, seconds);
    const measured = [];
    for (let round = 0; round < rounds; round++)
      measured.push(await putEvents(server, pool, undefined, seconds));
    printRates("PutEvents, one rule, an SQS target", measured, "events");
  });
}

async function rules() {
  await using(
    () => startWithRules(10_000),
    async (server, pool) => {
      for (const count of [10, 10_000]) await makeRules(pool, `of-${count}`, count);
      const measure = (count) => putEvents(server, pool, `of-${count}`, seconds);
      await byTurns(measure, 10, 10_000, "PutEvents, rules on the bus:", "events");
    },
  );
}

async function queue() {
  await using(startEvb, async (server, pool) => {
    const queues = new Map();
    for (const count of [10, 100_000]) {
      queues.set(count, await makeQueue(pool));
      await fillQueue(pool, queues.get(count), count, 200);
    }
    const run = (count) => measure(server, () => cycle(pool, queues.get(count), seconds));
    await byTurns(run, 10, 100_000, "sent, received, deleted, messages in the queue:", "messages");
  });
}

/** Few and many change places from round to round, so that neither is always the first. */
async function byTurns(measure, few, many, what, unit) {
  const measured = { [few]: [], [many]: [] };
  for (let round = 0; round <= rounds; round++)
    for (const count of round % 2 === 0 ? [few, many] : [many, few]) {
      const one = await measure(count);
      if (round > 0) measured[count].push(one);
    }
  for (const count of [few, many]) printRates(`${what} ${count}`, measured[count], unit);
  const ratios = measured[many].map((one, round) => costOf(one) / costOf(measured[few][round]));
  print(`  the cost of one among ${many} by one among ${few}`, ratios, "times");
}

async function memory() {
  const [count, bytes] = [100_000, 1000];
  const multiples = [];
  for (let round = 0; round < rounds; round++)
    await using(startEvb, async ({ pid }, pool) => {
      const filled = await makeQueue(pool);
      const before = memoryOf(pid);
      await fillQueue(pool, filled, count, bytes);
      multiples.push((memoryOf(pid) - before) / (count * bytes));
    });
  print(`memory for ${count} messages of ${bytes} bytes`, multiples, "times the data");
}
