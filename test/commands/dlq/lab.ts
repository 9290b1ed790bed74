import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type Local, type LocalOptions, startLocal } from "../../../src/local/start.ts";
import { type Outcome, runEvb, type TestWorldOptions } from "../../world.ts";

/** An emulator, real clients for it, and a home directory for one test. */
export interface Lab extends AsyncDisposable {
  readonly local: Local;
  readonly sqs: SQSClient;
  readonly events: EventBridgeClient;
  readonly home: string;
  /** Runs `evb dlq …` against the emulator. */
  dlq(args: readonly string[], options?: TestWorldOptions & { url?: string }): Promise<Outcome>;
  /** What a world needs to do the same. */
  world(url?: string): TestWorldOptions;
  queue(name: string, attributes?: Record<string, string>): Promise<string>;
  /** Makes a bus, a rule that takes every event of `source`, and targets. */
  rule(bus: string, rule: string, source: string, targets: Target[]): Promise<void>;
  put(bus: string, source: string, detail: object, detailType?: string): Promise<void>;
  /** Sends a message as it stands. */
  send(queue: string, body: string, attributes?: Record<string, string>, fifo?: object): Promise<string>;
  /** The same for many, ten to a call; to a FIFO queue in three groups, `g0` to `g2`. */
  sendMany(queue: string, bodies: readonly string[], attributes?: Record<string, string>): Promise<void>;
  /** Everything that is visible in a queue, left as it is. */
  bodies(queue: string): Promise<string[]>;
  messages(queue: string): Promise<Message[]>;
  /** Takes everything that is visible out of a queue. */
  empty(queue: string): Promise<Message[]>;
  counts(queue: string): Promise<{ visible: number; hidden: number }>;
  allow(queue: string): Promise<void>;
}

const credentials = { accessKeyId: "local", secretAccessKey: "local" };

export const arnOf = (queue: string): string => `arn:aws:sqs:us-east-1:000000000000:${queue}`;

export async function openLab(options: LocalOptions = {}): Promise<Lab> {
  const local = await startLocal(options);
  const config = { endpoint: local.url, region: local.region, credentials };
  const sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
  const events = new EventBridgeClient(config);
  const home = mkdtempSync(join(tmpdir(), "evb-dlq-"));
  const urlOf = (name: string) => `${local.url}/${local.account}/${name}`;
  const world = (url = local.url): TestWorldOptions => ({
    env: { AWS_ENDPOINT_URL: url, AWS_REGION: local.region, XDG_STATE_HOME: join(home, "state") },
    home,
    cwd: home,
  });

  async function receive(name: string, take: boolean): Promise<Message[]> {
    const all = new Map<string, Message>();
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: urlOf(name),
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 30,
          MessageAttributeNames: ["All"],
          MessageSystemAttributeNames: ["All"],
        }),
      );
      if (Messages.length === 0) break;
      for (const message of Messages) {
        all.set(message.MessageId!, message);
        if (take)
          await sqs.send(
            new DeleteMessageCommand({ QueueUrl: urlOf(name), ReceiptHandle: message.ReceiptHandle! }),
          );
      }
    }
    if (!take) {
      const { ChangeMessageVisibilityCommand } = await import("@aws-sdk/client-sqs");
      for (const { ReceiptHandle } of all.values())
        await sqs.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: urlOf(name),
            ReceiptHandle: ReceiptHandle!,
            VisibilityTimeout: 0,
          }),
        );
    }
    return [...all.values()];
  }

  return {
    local,
    sqs,
    events,
    home,
    world,
    dlq: (args, { url, ...more } = {}) => runEvb(["dlq", ...args], { ...world(url), ...more }),
    async queue(name, attributes = {}) {
      const fifo: Record<string, string> = name.endsWith(".fifo") ? { FifoQueue: "true" } : {};
      await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...fifo, ...attributes } }));
      return urlOf(name);
    },
    async rule(bus, rule, source, targets) {
      if (bus !== "default")
        await events.send(new CreateEventBusCommand({ Name: bus })).catch((error: Error) => {
          if (error.name !== "ResourceAlreadyExistsException") throw error;
        });
      await events.send(
        new PutRuleCommand({
          Name: rule,
          EventBusName: bus,
          EventPattern: JSON.stringify({ source: [source] }),
        }),
      );
      await events.send(new PutTargetsCommand({ Rule: rule, EventBusName: bus, Targets: targets }));
    },
    async put(bus, source, detail, detailType = "Order Placed") {
      const Entries = [
        { EventBusName: bus, Source: source, DetailType: detailType, Detail: JSON.stringify(detail) },
      ];
      await events.send(new PutEventsCommand({ Entries }));
    },
    async send(name, body, attributes = {}, fifo = {}) {
      const command = new SendMessageCommand({
        QueueUrl: urlOf(name),
        MessageBody: body,
        MessageAttributes: stringAttributes(attributes),
        ...fifo,
      });
      return (await sqs.send(command)).MessageId!;
    },
    async sendMany(name, bodies, attributes = {}) {
      const MessageAttributes = stringAttributes(attributes);
      for (let at = 0; at < bodies.length; at += 10) {
        const Entries = bodies.slice(at, at + 10).map((MessageBody, n) => ({
          Id: String(n),
          MessageBody,
          MessageAttributes,
          ...(name.endsWith(".fifo") && {
            MessageGroupId: `g${(at + n) % 3}`,
            MessageDeduplicationId: `d${at + n}`,
          }),
        }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: urlOf(name), Entries }));
      }
    },
    messages: (name) => receive(name, false),
    bodies: async (name) => (await receive(name, false)).map(({ Body }) => Body!),
    empty: (name) => receive(name, true),
    async counts(name) {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ["All"] }),
      );
      return {
        visible: Number(Attributes.ApproximateNumberOfMessages),
        hidden: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
      };
    },
    async allow(name) {
      const Policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: arnOf(name),
          },
        ],
      });
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: urlOf(name), Attributes: { Policy } }));
    },
    async [Symbol.asyncDispose]() {
      sqs.destroy();
      events.destroy();
      await local.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function stringAttributes(texts: Record<string, string>): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
  );
}

/** Attributes of a message that EventBridge puts into a dead-letter queue. */
export const failure = (rule: string, target: string, code = "NO_PERMISSIONS", message = "denied") => ({
  RULE_ARN: `arn:aws:events:us-east-1:000000000000:rule/${rule}`,
  TARGET_ARN: target,
  ERROR_CODE: code,
  ERROR_MESSAGE: message,
  RETRY_ATTEMPTS: "3",
  EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
});

/** An event as a bus delivers it. */
export const event = (id: string, source = "shop", detail: object = { n: 1 }, detailType = "Order Placed") =>
  JSON.stringify({
    version: "0",
    id,
    "detail-type": detailType,
    source,
    account: "000000000000",
    time: "2026-01-02T03:04:05Z",
    region: "us-east-1",
    resources: [],
    detail,
  });
