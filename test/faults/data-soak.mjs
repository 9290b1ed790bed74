// Kills `evb local --data DIR` with SIGKILL at random moments under load, starts it again on the same directory, and
// counts: every message that was acknowledged and not deleted must be there, once; nothing that was deleted may be.
//
// usage: node test/faults/data-soak.mjs [rounds] [seed]
//
// Four clients send, publish (one rule to a queue), receive and delete. What a client was told is kept here; a call
// that was under way at the kill counts as either. A round's moment is 20 to 300 ms after its load began.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const rounds = Number(process.argv[2] ?? 20);
const seed = Number(process.argv[3] ?? Date.now() % 1e6);
const bin = join(import.meta.dirname, "../../bin/evb.js");
const directory = mkdtempSync(join(tmpdir(), "evb-data-soak-"));
const account = "000000000000";
const queueArn = `arn:aws:sqs:us-east-1:${account}:q`;

let state = seed >>> 0;
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

/** What each text was last known to be: "sent", "deleted", or in doubt (either is right). */
const known = new Map();
const totals = { kills: 0, sent: 0, published: 0, deleted: 0, inDoubt: 0, lost: 0, undead: 0, twice: 0 };
let serial = 0;
let running;

try {
  for (let round = 1; round <= rounds; round++) {
    const emulator = await start();
    if (round === 1) await prepare(emulator.url);
    else await count(emulator.url);
    const load = [send, publish, receive, receive].map((act) => work(act, emulator));
    await new Promise((go) => setTimeout(go, 20 + random() * 280));
    emulator.child.kill("SIGKILL");
    emulator.dead = true;
    totals.kills += 1;
    await Promise.all(load);
    if (round % 10 === 0 || round === rounds) process.stdout.write(`${round}: ${JSON.stringify(totals)}\n`);
  }
  const last = await start();
  await count(last.url);
  last.child.kill("SIGTERM");
  await new Promise((go) => last.child.once("exit", go));
} finally {
  running?.kill("SIGKILL");
  rmSync(directory, { recursive: true, force: true });
}
process.stdout.write(`seed ${seed}, ${rounds} rounds: ${JSON.stringify(totals)}\n`);
if (totals.lost + totals.undead + totals.twice > 0) process.exitCode = 1;

async function start() {
  const child = spawn(process.execPath, [bin, "local", "--port", "0", "--json", "--data", directory], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  running = child;
  let text = "";
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return { child, dead: false, url: JSON.parse(text).url };
}

async function work(act, emulator) {
  while (!emulator.dead) {
    try {
      await act(emulator.url);
    } catch (error) {
      if (!emulator.dead && error.name !== "TypeError") throw error;
    }
  }
}

async function call(url, operation, input) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "x-amz-target": operation, "content-type": "application/x-amz-json-1.0" },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${operation}: ${text}`);
  return text === "" ? {} : JSON.parse(text);
}

async function prepare(url) {
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" },
  });
  await call(url, "AmazonSQS.CreateQueue", {
    QueueName: "q",
    Attributes: { Policy, VisibilityTimeout: "0" },
  });
  await call(url, "AWSEvents.PutRule", { Name: "r", EventPattern: '{"source":["soak"]}' });
  await call(url, "AWSEvents.PutTargets", {
    Rule: "r",
    Targets: [{ Id: "t", Arn: queueArn, InputPath: "$.detail.text" }],
  });
}

function queue(url) {
  return { QueueUrl: `${url}/${account}/q` };
}

async function send(url) {
  const text = `m${serial++}`;
  known.set(text, "in doubt");
  await call(url, "AmazonSQS.SendMessage", { ...queue(url), MessageBody: JSON.stringify(text) });
  known.set(text, "sent");
  totals.sent += 1;
}

async function publish(url) {
  const texts = Array.from({ length: 5 }, () => `e${serial++}`);
  for (const text of texts) known.set(text, "in doubt");
  await call(url, "AWSEvents.PutEvents", {
    Entries: texts.map((text) => ({ Source: "soak", DetailType: "t", Detail: JSON.stringify({ text }) })),
  });
  for (const text of texts) known.set(text, "sent");
  totals.published += 5;
}

/** Takes some and deletes one of them. Nothing is hidden, so that a kill holds nothing back. */
async function receive(url) {
  const { Messages = [] } = await call(url, "AmazonSQS.ReceiveMessage", {
    ...queue(url),
    MaxNumberOfMessages: 5,
  });
  const message = Messages[0];
  if (message === undefined) return;
  const text = JSON.parse(message.Body);
  known.set(text, "in doubt");
  await call(url, "AmazonSQS.DeleteMessage", { ...queue(url), ReceiptHandle: message.ReceiptHandle });
  // Another may have received it since: only the newest handle deletes. So it is asked for at the count.
  known.set(text, "in doubt");
  totals.deleted += 1;
}

/** Takes everything, compares, and begins anew with what is there. */
async function count(url) {
  const found = new Map();
  for (;;) {
    const { Messages = [] } = await call(url, "AmazonSQS.ReceiveMessage", {
      ...queue(url),
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 600,
    });
    if (Messages.length === 0) break;
    for (const { Body, ReceiptHandle } of Messages) {
      const text = JSON.parse(Body);
      if (found.has(text)) totals.twice += 1;
      found.set(text, ReceiptHandle);
    }
  }
  for (const [text, was] of known) {
    if (was === "in doubt") totals.inDoubt += 1;
    if (was === "sent" && !found.has(text)) totals.lost += 1;
    if (was === "deleted" && found.has(text)) totals.undead += 1;
  }
  known.clear();
  // Half of them are deleted for good, by the only client there is; the others are shown again.
  for (const [text, ReceiptHandle] of found) {
    if (random() < 0.5) {
      await call(url, "AmazonSQS.DeleteMessage", { ...queue(url), ReceiptHandle });
      known.set(text, "deleted");
    } else {
      await call(url, "AmazonSQS.ChangeMessageVisibility", {
        ...queue(url),
        ReceiptHandle,
        VisibilityTimeout: 0,
      });
      known.set(text, "sent");
    }
  }
}
