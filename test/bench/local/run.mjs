// usage: node test/bench/local/run.mjs [seconds] [rounds]   (after `npm run build`; see README.md)
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { loadavg } from "node:os";
import { join } from "node:path";

const [seconds, rounds] = [2, 3].map((at, index) => Number(process.argv[at] ?? [3, 5][index]));
const bin = join(import.meta.dirname, "../../../bin/evb.js");
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const account = "000000000000";

/** Starts the emulator; says how long it took to be ready. */
async function start() {
  const began = performance.now();
  const child = spawn(process.execPath, [bin, "local", "--port", "0", "--json", "--lenient"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { url } = JSON.parse(await new Promise((resolve) => child.stdout.once("data", resolve)));
  const end = () => new Promise((resolve) => child.once("close", resolve).kill());
  return { url, pid: child.pid, readyMs: performance.now() - began, end };
}

/** One call, without the SDK, which would take more of the machine than what is measured. */
function call(url, target, input) {
  const body = JSON.stringify(input);
  const headers = {
    "content-type": target.startsWith("AmazonSQS")
      ? "application/x-amz-json-1.0"
      : "application/x-amz-json-1.1",
    "x-amz-target": target,
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece) => {
        text += piece;
      });
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve(text === "" ? {} : JSON.parse(text));
        else reject(new Error(`${target}: ${answer.statusCode} ${text}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Eight workers repeat an action until the time is over; gives how often a second. */
async function repeat(action, forSeconds) {
  const began = performance.now();
  let done = 0;
  const work = async () => {
    while (performance.now() - began < forSeconds * 1000) {
      await action();
      done++;
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return done / ((performance.now() - began) / 1000);
}

const times = (count, action) => Array.from({ length: count }, (_, at) => action(at));
const queueUrl = (url, name) => `${url}/${account}/${name}`;
const entries = times(10, (n) => ({
  Source: "bench",
  DetailType: "Order Placed",
  Detail: JSON.stringify({ n }),
}));

async function makeQueue(url, name, messages = 0) {
  await call(url, "AmazonSQS.CreateQueue", { QueueName: name });
  for (let at = 0; at < messages; at += 10)
    await call(url, "AmazonSQS.SendMessageBatch", {
      QueueUrl: queueUrl(url, name),
      Entries: times(Math.min(10, messages - at), (n) => ({ Id: `${n}`, MessageBody: "x".repeat(1000) })),
    });
}

/** PutEvents, ten a call, with one rule and an SQS target. */
async function putEvents({ url }) {
  await makeQueue(url, "q");
  await call(url, "AWSEvents.PutRule", { Name: "r", EventPattern: '{"source":["bench"]}' });
  const Arn = `arn:aws:sqs:us-east-1:${account}:q`;
  await call(url, "AWSEvents.PutTargets", { Rule: "r", Targets: [{ Id: "q", Arn }] });
  const put = () => call(url, "AWSEvents.PutEvents", { Entries: entries });
  await repeat(put, 1);
  return 10 * (await repeat(put, seconds));
}

/** A message sent, received and deleted, by eight clients, in a queue of so many. */
async function cycle({ url, pid }, messages) {
  const before = memoryOf(pid);
  await makeQueue(url, `of-${messages}`, messages);
  const grown = memoryOf(pid) - before;
  const about = { QueueUrl: queueUrl(url, `of-${messages}`) };
  const rate = await repeat(async () => {
    await call(url, "AmazonSQS.SendMessage", { ...about, MessageBody: "x" });
    const { Messages = [] } = await call(url, "AmazonSQS.ReceiveMessage", about);
    for (const { ReceiptHandle } of Messages)
      await call(url, "AmazonSQS.DeleteMessage", { ...about, ReceiptHandle });
  }, seconds);
  return { rate, grown };
}

/** MiB in use, or 0 where there is no /proc. */
function memoryOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
  } catch {
    return 0;
  }
}

function bareNode() {
  const began = performance.now();
  spawnSync(process.execPath, ["-e", ""]);
  return performance.now() - began;
}

function print(what, numbers, unit) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [min, median, max] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((n) =>
    n.toFixed(2),
  );
  console.log(`${what.padEnd(52)} ${min} / ${median} / ${max} ${unit}`);
}

const ready = [];
const events = [];
const messages = [];
const multiples = [];
for (let round = 0; round <= rounds; round++) {
  const bare = bareNode();
  const emulator = await start();
  try {
    const rate = await putEvents(emulator);
    // What comes first is not yet compiled.
    await cycle(emulator, 0);
    const few = await cycle(emulator, 10);
    const many = await cycle(emulator, 100_000);
    // The first round writes the code cache.
    if (round === 0) continue;
    ready.push(emulator.readyMs - bare);
    events.push(rate);
    messages.push(few.rate / many.rate);
    multiples.push(many.grown / ((100_000 * 1000) / 2 ** 20));
  } finally {
    await emulator.end();
  }
}
console.log(`min / median / max of ${rounds} rounds; load ${loadavg()[0].toFixed(1)}`);
print("ready, over bare node", ready, "ms");
print("PutEvents, one rule, an SQS target", events, "events/s");
print("a message among 100,000: cost over one among ten", messages, "times");
print("memory for 100,000 messages of 1,000 bytes", multiples, "times the data");
agent.destroy();
