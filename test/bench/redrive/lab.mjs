import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateQueueCommand, SendMessageBatchCommand } from "@aws-sdk/client-sqs";

export const root = join(import.meta.dirname, "../../..");

/** An emulator in a process of its own. */
export async function openEmulator() {
  const emulator = spawn(process.execPath, [join(root, "bin/evb.js"), "local", "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { url } = JSON.parse(await new Promise((resolve) => emulator.stdout.once("data", resolve)));
  return { url, stop: () => emulator.kill() };
}

/** Runs a command to its end; the peak of its memory in MiB is what the kernel has counted. */
export function run([command, args, env], codes = [0]) {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const child = spawn(command, args, {
    env: { ...rest, ...quiet, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
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
      if (codes.includes(code)) resolve({ code, peak: Math.round(peak), err });
      else reject(new Error(`${command} ${args.join(" ")} ended with ${code}: ${err}`));
    });
  });
}

/** Makes both queues, and puts so many dead letters into the first. */
export async function fill(sqs, url, source, destination, messages) {
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
      detail: { n: String(n), note: "x".repeat(400) },
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
