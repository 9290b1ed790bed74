// usage: node test/bench/redrive/memory.mjs [messages …]   (after `npm run build`; see README.md)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQSClient } from "@aws-sdk/client-sqs";
import { fill, openEmulator, root, run } from "./lab.mjs";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 10_000, 100_000];
const state = mkdtempSync(join(tmpdir(), "evb-bench-memory-"));
const { url, stop } = await openEmulator();
const credentials = { accessKeyId: "local", secretAccessKey: "local" };
const oneInAThousand = '{"detail":{"n":[{"suffix":"000"}]}}';
const sqs = new SQSClient({ endpoint: url, region: "us-east-1", credentials, useQueueUrlAsEndpoint: false });
try {
  for (const size of sizes) {
    const source = `dlq-${size}`;
    await fill(sqs, url, source, `to-${size}`, size);
    const [to, file] = [`to-${size}`, join(state, `${size}.ndjson`)];
    const redrive = ["redrive", source, "--to", `queue:${to}`, "--yes", "--quiet"];
    await measure(size, "peek", ["peek", source]);
    await measure(size, "redrive, one in a thousand passes", [...redrive, "--pattern", oneInAThousand]);
    await measure(size, "drain", ["drain", source, "--to", file, "--yes", "--quiet"]);
    await measure(size, "restore", ["restore", file, "--to", source, "--yes", "--quiet"]);
    await measure(size, "redrive, all pass", redrive);
  }
} finally {
  sqs.destroy();
  stop();
  rmSync(state, { recursive: true, force: true });
}

async function measure(size, what, args) {
  const env = { AWS_ENDPOINT_URL: url, AWS_REGION: "us-east-1", XDG_STATE_HOME: state };
  const command = [process.execPath, [join(root, "bin/evb.js"), "dlq", ...args], env];
  const began = performance.now();
  const { peak, code, err } = await run(command, [0, 3]);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const words = args.includes("--quiet") && err ? `\n  ${err.trim()}` : "";
  console.log(
    `${String(size).padStart(7)} messages, ${what}: peak ${peak} MiB, ${seconds} s, exit ${code}${words}`,
  );
}
