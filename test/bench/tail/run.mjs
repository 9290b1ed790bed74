// usage: node test/bench/tail/run.mjs [seconds] [rounds] [rate]   (after `npm run build`; see README.md)
import { join } from "node:path";
import { follow, makeBus, makeQueue, openEmulator, publish, root } from "./lab.mjs";

const [seconds, rounds, rate] = [2, 3, 4].map((at, index) =>
  Number(process.argv[at] ?? [10, 3, 1000][index]),
);
const loads = {
  [`${rate} events/s, ten a call`]: { count: seconds * rate, rate, batch: 10 },
  "20 events/s, one a call": { count: seconds * 20, rate: 20, batch: 1 },
};

const contenders = {
  evb: async ({ url }, bus) => [
    process.execPath,
    [join(root, "bin/evb.js"), "tail", "-b", bus, "--source", "bench", "--json"],
    { AWS_ENDPOINT_URL: url, AWS_REGION: "us-east-1" },
  ],
  loop: async (emulator, bus) => {
    await makeQueue(emulator, bus, bus);
    return [process.execPath, [join(import.meta.dirname, "loop.mjs"), emulator.url, bus], {}];
  },
};

/** One contender under one load, on a bus of its own. */
async function trial(emulator, name, load, bus) {
  await makeBus(emulator, bus);
  const follower = await follow(await contenders[name](emulator, bus));
  const began = performance.now();
  await publish(emulator, bus, load);
  const published = performance.now();
  while (follower.seen.size < load.count) {
    if (performance.now() - published > 30_000)
      throw new Error(`${name}: ${load.count - follower.seen.size} of ${load.count} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const behind = performance.now() - published;
  const cpu = await follower.end();
  const { latencies, memory } = follower;
  return {
    rate: load.count / ((published - began) / 1000),
    behind,
    median: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: (cpu * 1e6) / load.count,
    memory,
  };
}

const quantile = (numbers, q) => [...numbers].sort((a, b) => a - b)[Math.floor((numbers.length - 1) * q)];
const median = (numbers) => quantile(numbers, 0.5);

const emulator = await openEmulator();
try {
  let bus = 0;
  for (const [what, load] of Object.entries(loads)) {
    const results = { evb: [], loop: [] };
    // The first round warms the emulator up and writes evb's code cache.
    for (let round = 0; round <= rounds; round++)
      for (const name of Object.keys(contenders)) {
        const result = await trial(emulator, name, load, `bench-${bus++}`);
        if (round > 0) results[name].push(result);
      }
    console.log(what);
    for (const [name, list] of Object.entries(results)) {
      const of = (key) => median(list.map((result) => result[key]));
      console.log(
        `  ${name.padEnd(5)} latency median ${of("median").toFixed(1)} ms, 99th of 100 ${of("p99").toFixed(1)} ms; ` +
          `published at ${Math.round(of("rate"))}/s, ${Math.round(of("behind"))} ms behind at the end; ` +
          `CPU ${Math.round(of("cpu"))} µs an event; MiB by the second ${list.at(-1).memory.join(" ")}`,
      );
    }
    const ratio = (key) => median(results.evb.map((result, index) => result[key] / results.loop[index][key]));
    console.log(`  evb / loop: latency ${ratio("median").toFixed(2)}, CPU ${ratio("cpu").toFixed(2)}`);
  }
} finally {
  emulator.events.destroy();
  emulator.sqs.destroy();
  emulator.stop();
}
