// usage: node test/bench/put/memory.mjs [events …]   (after `npm run build`; see README.md)
import { join } from "node:path";
import { Readable } from "node:stream";
import { eventLine, openServer, root, run } from "./lab.mjs";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 100_000, 1_000_000];

function* lines(count) {
  for (let n = 0; n < count; n += 100)
    yield Array.from({ length: Math.min(100, count - n) }, (_, i) => eventLine(n + i)).join("");
}

const { url, taken, stop } = await openServer();
try {
  for (const size of sizes) {
    const args = [join(root, "bin/evb.js"), "put", "-", "-b", "orders", "--json"];
    const { peak, seconds } = await run(args, url, Readable.from(lines(size)));
    const came = await taken();
    if (came !== size) throw new Error(`${came} of ${size} events came`);
    console.log(`${String(size).padStart(8)} events: peak ${peak} MiB, ${seconds.toFixed(1)} s`);
  }
} finally {
  stop();
}
