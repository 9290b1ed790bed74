// usage: node test/bench/put/run.mjs [events] [rounds] [calls in flight …]   (after `npm run build`; see README.md)
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventLine, openServer, root, run } from "./lab.mjs";

const [events = 30_000, rounds = 3, ...given] = process.argv.slice(2).map(Number);
const inFlight = given.length > 0 ? given : [1, 4, 16, 32];
const work = mkdtempSync(join(tmpdir(), "evb-bench-put-"));
const file = join(work, "events.ndjson");
writeFileSync(file, Array.from({ length: events }, (_, n) => eventLine(n)).join(""));

const contenders = {
  evb: (_url, calls) => [
    ...[join(root, "bin/evb.js"), "put", file, "-b", "orders", "--json"],
    ...["--concurrency", String(calls)],
  ],
  loop: (url, calls) => [join(import.meta.dirname, "loop.mjs"), url, file, String(calls)],
};

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const { url, taken, stop } = await openServer();
try {
  for (const calls of inFlight) {
    const rates = { evb: [], loop: [] };
    for (let round = 0; round <= rounds; round++)
      for (const [name, command] of Object.entries(contenders)) {
        const { seconds } = await run(command(url, calls), url);
        const came = await taken();
        if (came !== events) throw new Error(`${name}: ${came} of ${events} events came`);
        // The first round warms the server up and writes evb's code cache.
        if (round > 0) rates[name].push(events / seconds);
      }
    const ratios = rates.evb.map((rate, index) => rate / rates.loop[index]);
    const [evb, loop] = [rates.evb, rates.loop].map((each) => Math.round(median(each)));
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    console.log(
      `${String(calls).padStart(3)} in flight: evb ${evb} events/s, loop ${loop}; ratio ${median(ratios).toFixed(2)} (${spread})`,
    );
  }
} finally {
  stop();
  rmSync(work, { recursive: true, force: true });
}
