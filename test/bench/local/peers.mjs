// The emulator beside others, by turns.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPool } from "./client.mjs";
import { measure } from "./cost.mjs";
import { batches, cycle, makeQueue, putEvents, putRule } from "./loads.mjs";
import { median, printRates } from "./print.mjs";
import { startEvb, startPeers } from "./servers.mjs";

export async function comparePeers(seconds, rounds) {
  const folder = await mkdtemp(join(tmpdir(), "evb-bench-"));
  const { peers, left } = await startPeers(folder);
  const contenders = [await startEvb(), ...peers].map((server) => ({ server, pool: openPool(server.port) }));
  try {
    for (const line of left) console.log(line);
    await compare("PutEvents, one rule, an SQS target", "events", {
      contenders: contenders.filter(({ server }) => ["evb", "moto"].includes(server.name)),
      prepare: ({ pool }) => putRule(pool),
      run: ({ server, pool }) => putEvents(server, pool, undefined, seconds),
      rounds,
      seconds,
    });
    for (const [what, load] of [
      ["a message sent, received, deleted", cycle],
      ["the same in tens", batches],
    ])
      await compare(what, "messages", {
        contenders,
        prepare: ({ pool }) => makeQueue(pool),
        run: ({ server, pool }, queue) => measure(server, () => load(pool, queue, seconds)),
        rounds,
        seconds,
      });
  } finally {
    for (const { server, pool } of contenders) {
      pool.end();
      await server.end();
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(what, unit, { contenders, prepare, run, rounds, seconds }) {
  const all = [];
  for (const contender of contenders)
    all.push({ contender, prepared: await prepare(contender), measured: [], isSlow: false });
  for (let round = 0; round <= rounds; round++)
    for (const one of all) {
      if (one.isSlow) continue;
      const began = performance.now();
      const result = await run(one.contender, one.prepared);
      one.isSlow = performance.now() - began > seconds * 5000;
      if (round > 0 || one.isSlow) one.measured.push(result);
    }
  console.log(what);
  const [ours, ...others] = all.map(({ contender, measured }) => {
    printRates(`  ${contender.server.name}`, measured, unit);
    const of = (key) => median(measured.map((result) => result[key] ?? Number.NaN));
    return { name: contender.server.name, rate: of("rate"), cpu: of("cpu") };
  });
  for (const { name, rate, cpu } of others) {
    const times = (ratio) => (Number.isNaN(ratio) ? "?" : ratio.toFixed(ratio < 10 ? 1 : 0));
    console.log(
      `  ${name} by evb: ${times(cpu / ours.cpu)} times the CPU, 1/${times(ours.rate / rate)} of the rate`,
    );
  }
}
