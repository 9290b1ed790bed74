// `evb dlq` on queues of another implementation: drained, restored and redriven without losing or doubling a message.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { bin, demandLocal } from "./local.mjs";
import { demand } from "./run-command.mjs";

const count = 23;

export async function lifeOfDeadLetters({ report, check }, peer, endpoint) {
  demandLocal(endpoint);
  const home = await mkdtemp(join(tmpdir(), "evb-interop-dlq-"));
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const sqs = new SQSClient({ endpoint, region: "us-east-1", credentials, useQueueUrlAsEndpoint: false });
  const env = { XDG_STATE_HOME: join(home, "state"), HOME: home };
  const dlq = (...args) =>
    demand(process.execPath, [bin, "dlq", ...args, "--endpoint-url", endpoint, "--yes", "--json"], { env });
  for (const [name, act] of Object.entries(life({ sqs, dlq, file: join(home, "letters.ndjson") })))
    await check(`dlq on ${peer}: ${name}`, act);
  sqs.destroy();
  await rm(home, { recursive: true, force: true });
  return report;
}

function life({ sqs, dlq, file }) {
  const urls = {};
  const bodies = Array.from({ length: count }, (_, n) => JSON.stringify({ id: n, text: "é<&>" }));
  const sorted = (texts) => [...texts].sort();
  const make = async (QueueName, Attributes = {}) => {
    ({ QueueUrl: urls[QueueName] } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes })));
    return urls[QueueName];
  };
  const take = async (name) => {
    const taken = [];
    for (;;) {
      const ask = { QueueUrl: urls[name], MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(ask));
      if (Messages.length === 0) return taken;
      for (const { ReceiptHandle, ...message } of Messages) {
        taken.push(message);
        await sqs.send(new DeleteMessageCommand({ QueueUrl: urls[name], ReceiptHandle }));
      }
    }
  };
  const fill = async (name) => {
    const MessageAttributes = {
      text: { DataType: "String", StringValue: "t" },
      bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
    };
    for (let at = 0; at < count; at += 10) {
      const Entries = bodies
        .slice(at, at + 10)
        .map((MessageBody, n) => ({ Id: `m${n}`, MessageBody, MessageAttributes }));
      const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: urls[name], Entries }));
      assert.deepEqual(Failed, []);
    }
  };
  const whole = (messages) => {
    assert.deepEqual(sorted(messages.map(({ Body }) => Body)), sorted(bodies));
    for (const { MessageAttributes } of messages) {
      assert.equal(MessageAttributes.text.StringValue, "t");
      assert.deepEqual([...MessageAttributes.bytes.BinaryValue], [0, 255]);
    }
  };
  return {
    async "queues and letters"() {
      const dead = await make("dlq-dead", { VisibilityTimeout: "30" });
      const ask = { QueueUrl: dead, AttributeNames: ["QueueArn"] };
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand(ask));
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: Attributes.QueueArn, maxReceiveCount: 1 });
      await make("dlq-work", { RedrivePolicy });
      await make("dlq-other");
      await fill("dlq-dead");
    },
    async "drain takes every message into a file"() {
      await dlq("drain", "dlq-dead", "--to", file);
      assert.deepEqual(await take("dlq-dead"), []);
      const lines = (await readFile(file, "utf8")).trim().split("\n");
      assert.equal(lines.filter((line) => JSON.parse(line).body !== undefined).length, count);
    },
    async "restore brings each back whole, and once however often it is asked"() {
      await dlq("restore", file, "--to", "dlq-dead");
      await dlq("restore", file, "--to", "dlq-dead");
      whole(await take("dlq-dead"));
    },
    async "redrive to another queue"() {
      await fill("dlq-dead");
      await dlq("redrive", "dlq-dead", "--to", "queue:dlq-other");
      whole(await take("dlq-other"));
      assert.deepEqual(await take("dlq-dead"), []);
    },
    // Neither peer says where a message came from, as AWS does by DeadLetterQueueSourceArn: such letters have to stay.
    async "redrive to the source takes nothing that does not say where it came from"() {
      await fill("dlq-dead");
      await assert.rejects(dlq("redrive", "dlq-dead", "--to", "source"), /ended with 3.*no source queue/s);
      whole(await take("dlq-dead"));
    },
    async "a dry run changes nothing"() {
      await fill("dlq-dead");
      await dlq("redrive", "dlq-dead", "--to", "queue:dlq-other", "--dry-run");
      assert.deepEqual(await take("dlq-other"), []);
      whole(await take("dlq-dead"));
    },
  };
}
