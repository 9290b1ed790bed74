import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type WindableClock, windableClock } from "../../../src/local/clock.ts";
import { type Local, type LocalOptions, startLocal } from "../../../src/local/start.ts";
import { useOwnNames } from "../own-names.ts";
import { clientSettings, onlyOfEmulator, openPeer } from "../peer.ts";
import { sweepEvents, sweepQueues } from "../sweep.ts";

/** An emulator whose clock is wound by hand (or the peer of `peer.ts`), and real clients for it. */
export interface Emulator extends AsyncDisposable {
  readonly local: Local;
  readonly clock: WindableClock;
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly log: readonly string[];
  /** Makes a queue that lets EventBridge in. */
  queue(
    name: string,
    attributes?: Record<string, string>,
  ): Promise<{ readonly url: string; readonly arn: string }>;
  /** Makes a rule with targets; the first target has the id `t1`. */
  rule(name: string, pattern: object, targets: Partial<Target>[], bus?: string): Promise<string>;
  put(...entries: PutEventsRequestEntry[]): Promise<string[]>;
  /** Everything that is in a queue, which is then empty. */
  drain(url: string): Promise<Message[]>;
  bodies(url: string): Promise<unknown[]>;
}

/** 2026-11-23T19:00:00Z */
export const start = Date.UTC(2026, 10, 23, 19);
export const order: PutEventsRequestEntry = {
  Source: "shop",
  DetailType: "Order Placed",
  Detail: JSON.stringify({ id: "o-1", total: 12.5 }),
};

export async function openEmulator(options: LocalOptions = {}): Promise<Emulator> {
  const peer = openPeer(Object.keys(options).length === 0 ? undefined : "options");
  const log = peer === undefined ? [] : (onlyOfEmulator("log", {}) as string[]);
  const clock = peer?.clock ?? windableClock(start);
  const local = peer?.local ?? (await startLocal({ clock, log: (line) => log.push(line), ...options }));
  const settings = { ...clientSettings(peer, local), region: local.region, maxAttempts: 1 };
  const events = new EventBridgeClient(settings);
  const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  if (peer !== undefined) for (const client of [events, sqs]) useOwnNames(client, peer);
  const arnOf = (name: string) => `arn:aws:sqs:${local.region}:${local.account}:${name}`;
  const emulator: Emulator = {
    local,
    clock,
    events,
    sqs,
    log,
    async queue(name, attributes = {}) {
      const Statement = {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: arnOf(name),
      };
      const { QueueUrl } = await sqs.send(
        new CreateQueueCommand({
          QueueName: name,
          Attributes: { Policy: JSON.stringify({ Version: "2012-10-17", Statement }), ...attributes },
        }),
      );
      return { url: QueueUrl!, arn: arnOf(name) };
    },
    async rule(name, pattern, targets, bus = "default") {
      const { RuleArn } = await events.send(
        new PutRuleCommand({ Name: name, EventBusName: bus, EventPattern: JSON.stringify(pattern) }),
      );
      const Targets = targets.map((target, at) => ({ Id: `t${at + 1}`, Arn: "", ...target }));
      if (targets.length > 0)
        await events.send(new PutTargetsCommand({ Rule: name, EventBusName: bus, Targets }));
      return RuleArn!;
    },
    async put(...entries) {
      const answer = await events.send(new PutEventsCommand({ Entries: entries }));
      return answer.Entries!.map(({ EventId, ErrorCode }) => EventId ?? ErrorCode!);
    },
    async drain(url) {
      const all: Message[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: 10,
            WaitTimeSeconds: peer?.waitSeconds,
            MessageAttributeNames: ["All"],
            MessageSystemAttributeNames: ["All"],
          }),
        );
        if (Messages.length === 0) return all;
        all.push(...Messages);
        const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: `${at}`, ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
      }
    },
    async bodies(url) {
      return (await emulator.drain(url)).map(({ Body }) => JSON.parse(Body!) as unknown);
    },
    async [Symbol.asyncDispose]() {
      if (peer !== undefined) {
        await sweepEvents(events).catch(() => {});
        await sweepQueues(sqs).catch(() => {});
      }
      events.destroy();
      sqs.destroy();
      if (peer === undefined) await local.close();
    },
  };
  return emulator;
}

/** `Code: message` of what a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  throw new Error("the call was not refused");
}
