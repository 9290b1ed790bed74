import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";

export const root = join(import.meta.dirname, "../../..");

/** An emulator in a process of its own, and clients for it. */
export async function openEmulator() {
  const emulator = spawn(process.execPath, [join(root, "bin/evb.js"), "local", "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { url } = JSON.parse(await new Promise((resolve) => emulator.stdout.once("data", resolve)));
  const settings = {
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const events = new EventBridgeClient(settings);
  const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  return { url, events, sqs, pid: emulator.pid, stop: () => emulator.kill() };
}

export const makeBus = ({ events }, Name) => events.send(new CreateEventBusCommand({ Name }));

/** Queue, policy, rule and target for the loop, which a person would have made by hand. */
export async function makeQueue({ events, sqs }, name, bus) {
  const queueArn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const statement = {
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queueArn,
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }));
  const about = { EventBusName: bus };
  await events.send(new PutRuleCommand({ ...about, Name: name, EventPattern: '{"source":["bench"]}' }));
  await events.send(
    new PutTargetsCommand({ ...about, Rule: name, Targets: [{ Id: "queue", Arn: queueArn }] }),
  );
}

/** Milliseconds with fractions, the same for all of this process. */
const now = () => performance.timeOrigin + performance.now();

const agent = new Agent({ keepAlive: true });

/** PutEvents without the SDK, which would take more of the machine than what is measured. */
function putEvents(url, Entries) {
  const body = JSON.stringify({ Entries });
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "AWSEvents.PutEvents",
    "content-length": Buffer.byteLength(body),
    authorization:
      "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/events/aws4_request, SignedHeaders=host, Signature=0",
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent }, (answer) => {
      answer.resume().on("end", () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`PutEvents: ${answer.statusCode}`));
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Publishes so many events at an even rate, in calls of `batch`; each says when its call began. */
export async function publish({ url }, bus, { count, rate, batch }) {
  const began = now();
  const calls = [];
  for (let sent = 0; sent < count; sent += batch) {
    const wait = began + (sent / rate) * 1000 - now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const sentAt = now();
    const Entries = Array.from({ length: batch }, (_, index) => ({
      EventBusName: bus,
      Source: "bench",
      DetailType: "Order Placed",
      Detail: JSON.stringify({ n: sent + index, sentAt, note: "x".repeat(400) }),
    }));
    calls.push(putEvents(url, Entries));
  }
  await Promise.all(calls);
}

/** Starts a follower; resolves once it listens. Notes for each line when it arrived, and the process's memory over time. */
export async function follow([command, args, env]) {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const child = spawn(command, args, {
    env: { ...rest, ...quiet, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const latencies = [];
  const seen = new Set();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { detail } = JSON.parse(line);
    latencies.push(now() - detail.sentAt);
    seen.add(detail.n);
  });
  const memory = [];
  const look = setInterval(() => memory.push(memoryOf(child.pid)), 1000);
  await new Promise((resolve) => {
    createInterface({ input: child.stderr }).on("line", (line) => line.includes("listening") && resolve());
  });
  const before = cpuOf(child.pid);
  return {
    latencies,
    seen,
    memory,
    /** Ends it; gives the CPU seconds that it took while it listened. */
    async end() {
      clearInterval(look);
      const cpu = cpuOf(child.pid) - before;
      child.kill("SIGTERM");
      await new Promise((resolve) => child.on("close", resolve));
      return cpu;
    },
  };
}

/** MiB in use, or 0 where there is no /proc. */
function memoryOf(pid) {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024);
  } catch {
    return 0;
  }
}

/** CPU seconds so far, or 0 where there is no /proc. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
