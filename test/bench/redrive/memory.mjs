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
const sqs = new SQSClient({ endpoint: url, region: "us-east-1", credentials, useQueueUrlAsEndpoint: false });
try {
  for (const size of sizes) {
    const source = `dlq-${size}`;
    await fill(sqs, url, source, `to-${size}`, size);
    for (const [what, filters] of [
      ["one in a thousand passes", ["--pattern", '{"detail":{"n":[{"suffix":"000"}]}}']],
      ["all pass", []],
    ]) {
      const args = ["dlq", "redrive", source, "--to", `queue:to-${size}`, "--yes", "--quiet", ...filters];
      const env = { AWS_ENDPOINT_URL: url, AWS_REGION: "us-east-1", XDG_STATE_HOME: state };
      const began = performance.now();
      const { peak, code, err } = await run(
        [process.execPath, [join(root, "bin/evb.js"), ...args], env],
        [0, 3],
      );
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(
        `${String(size).padStart(7)} messages, ${what}: peak ${peak} MiB, ${seconds} s, exit ${code}${err && `\n  ${err.trim()}`}`,
      );
    }
  }
} finally {
  sqs.destroy();
  stop();
  rmSync(state, { recursive: true, force: true });
}
