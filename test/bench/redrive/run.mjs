// usage: node test/bench/redrive/run.mjs [messages] [rounds] [workers]   (after `npm run build`; see README.md)
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";

const [messages, rounds, workers] = [2, 3, 4].map((at, index) =>
  Number(process.argv[at] ?? [10_000, 3, 8][index]),
);
const root = join(import.meta.dirname, "../../..");
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
      await fill(sqs, url, source, destination);
      const began = performance.now();
      const peak = await run(command(source, destination));
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

/** Peak memory in MiB, as the kernel counts it. */
function run([command, args, env]) {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = {
    ...process.env,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const child = spawn(command, args, { env: { ...rest, ...env }, stdio: ["ignore", "ignore", "inherit"] });
  let peak = 0;
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      // It has just ended, or there is no /proc.
    }
  }, 50);
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      clearInterval(look);
      if (code === 0) resolve(Math.round(peak));
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}`));
    });
  });
}

async function fill(sqs, url, source, destination) {
  for (const QueueName of [source, destination]) await sqs.send(new CreateQueueCommand({ QueueName }));
  const attribute = (StringValue) => ({ DataType: "String", StringValue });
  const MessageAttributes = {
    RULE_ARN: attribute("arn:aws:events:us-east-1:000000000000:rule/shop/bill"),
    TARGET_ARN: attribute("arn:aws:sqs:us-east-1:000000000000:billing"),
    ERROR_CODE: attribute("NO_PERMISSIONS"),
    ERROR_MESSAGE: attribute("denied"),
    RETRY_ATTEMPTS: attribute("3"),
  };
  const body = (n) =>
    JSON.stringify({
      version: "0",
      id: `e${n}`,
      "detail-type": "Order Placed",
      source: "shop",
      account: "000000000000",
      time: "2026-01-02T03:04:05Z",
      region: "us-east-1",
      resources: [],
      detail: { n, note: "x".repeat(400) },
    });
  const send = (from) =>
    sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: `${url}/000000000000/${source}`,
        Entries: Array.from({ length: 10 }, (_, index) => ({
          Id: String(index),
          MessageBody: body(from + index),
          MessageAttributes,
        })),
      }),
    );
  for (let at = 0; at < messages; at += 80)
    await Promise.all(
      Array.from({ length: Math.min(8, (messages - at) / 10) }, (_, index) => send(at + index * 10)),
    );
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

const emulator = spawn(process.execPath, [join(root, "bin/evb.js"), "local", "--port", "0", "--json"], {
  stdio: ["ignore", "pipe", "ignore"],
});
try {
  const { url } = JSON.parse(await new Promise((resolve) => emulator.stdout.once("data", resolve)));
  await bench(url);
} finally {
  emulator.kill();
  rmSync(work, { recursive: true, force: true });
}
