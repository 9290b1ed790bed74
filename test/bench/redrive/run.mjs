// usage: node test/bench/redrive/run.mjs [messages] [rounds] [workers]   (after `npm run build`; see README.md)
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetQueueAttributesCommand, PurgeQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { fill, openEmulator, root, run } from "./lab.mjs";

const [messages, rounds, workers] = [2, 3, 4].map((at, index) =>
  Number(process.argv[at] ?? [10_000, 3, 8][index]),
);
const work = mkdtempSync(join(tmpdir(), "evb-bench-redrive-"));
async function bench(url) {
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const sqs = new SQSClient({
    endpoint: url,
    region: "us-east-1",
    credentials,
    useQueueUrlAsEndpoint: false,
  });
  const contenders = { evb: evbOf(url), loop: loopOf(url), ...sqsmoverOf(url) };
  const rates = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  const peaks = Object.fromEntries(Object.keys(contenders).map((name) => [name, 0]));
  for (let round = 0; round <= rounds; round++)
    for (const [name, command] of Object.entries(contenders)) {
      const [source, destination] = [`dlq-${round}-${name}`, `to-${round}-${name}`];
      await fill(sqs, url, source, destination, messages);
      const began = performance.now();
      const { peak } = await run(command(source, destination));
      const seconds = (performance.now() - began) / 1000;
      await check(sqs, url, source, destination);
      await sqs.send(new PurgeQueueCommand({ QueueUrl: `${url}/000000000000/${destination}` }));
      // The first round warms the emulator up and writes evb's code cache.
      if (round > 0) rates[name].push(messages / seconds);
      peaks[name] = Math.max(peaks[name], peak);
    }
  for (const name of Object.keys(contenders)) {
    const ratio = median(rates.evb.map((rate, index) => rate / rates[name][index]));
    console.log(
      `${name.padEnd(9)} ${Math.round(median(rates[name]))} messages/s, peak ${peaks[name]} MiB; evb is at ${ratio.toFixed(2)} of it`,
    );
  }
  sqs.destroy();
}

const evbOf = (url) => (source, destination) => [
  process.execPath,
  [
    join(root, "bin/evb.js"),
    "dlq",
    "redrive",
    source,
    "--to",
    `queue:${destination}`,
    "--yes",
    "--quiet",
    "--concurrency",
    String(workers),
  ],
  { AWS_ENDPOINT_URL: url, AWS_REGION: "us-east-1", XDG_STATE_HOME: join(work, "state") },
];

const loopOf = (url) => (source, destination) => [
  process.execPath,
  [join(import.meta.dirname, "loop.mjs"), url, source, destination, String(workers)],
  {},
];

/** Built outside the checkout; left out, with the reason, where that cannot be. */
function sqsmoverOf(url) {
  const bin = join(tmpdir(), "evb-bench-sqsmover");
  try {
    mkdirSync(bin, { recursive: true });
    if (!existsSync(join(bin, "sqsmover")))
      execFileSync("go", ["install", "github.com/mercury2269/sqsmover@latest"], {
        env: { ...process.env, GOBIN: bin },
        stdio: "pipe",
        timeout: 180_000,
      });
  } catch (error) {
    console.log(
      `sqsmover  left out: ${(error.stderr?.toString() || error.message).trim().split("\n").at(-1).trim()}`,
    );
    return {};
  }
  const env = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
  };
  const arguments_ = (source, destination) => [
    "--source",
    source,
    "--destination",
    destination,
    "--endpoint",
    url,
    "--region",
    "us-east-1",
  ];
  return { sqsmover: (source, destination) => [join(bin, "sqsmover"), arguments_(source, destination), env] };
}

async function check(sqs, url, source, destination) {
  const count = async (name) => {
    const command = new GetQueueAttributesCommand({
      QueueUrl: `${url}/000000000000/${name}`,
      AttributeNames: ["All"],
    });
    const { Attributes } = await sqs.send(command);
    return (
      Number(Attributes.ApproximateNumberOfMessages) +
      Number(Attributes.ApproximateNumberOfMessagesNotVisible)
    );
  };
  const [left, arrived] = [await count(source), await count(destination)];
  if (left !== 0 || arrived !== messages)
    throw new Error(`${source}: ${left} left, ${arrived} of ${messages} arrived`);
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const { url, stop } = await openEmulator();
try {
  await bench(url);
} finally {
  stop();
  rmSync(work, { recursive: true, force: true });
}
