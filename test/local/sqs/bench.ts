import {
  CreateQueueCommand,
  type CreateQueueCommandInput,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { windableClock } from "../../../src/local/clock.ts";
import { type LocalOptions, startLocal } from "../../../src/local/start.ts";
import { useOwnNames } from "../own-names.ts";
import { clientSettings, leaveOut, openPeer } from "../peer.ts";
import { sweepQueues } from "../sweep.ts";

/** An emulator on a clock that stands still (or the peer of `peer.ts`), and a real client of it. */
export async function openBench(options: LocalOptions = {}) {
  const peer = openPeer(Object.keys(options).length === 0 ? undefined : "options");
  const wound = peer?.clock ?? windableClock(Date.UTC(2026, 0, 1));
  const notices = new Set<(what: "set" | "cancelled", ms: number) => void>();
  const notice = (what: "set" | "cancelled", ms: number) => {
    for (const each of notices) each(what, ms);
  };
  const clock = {
    ...wound,
    after(ms: number, task: () => void) {
      notice("set", ms);
      const cancel = wound.after(ms, task);
      return () => {
        cancel();
        notice("cancelled", ms);
      };
    },
  };
  const local = peer?.local ?? (await startLocal({ clock, ...options }));
  const client = new SQSClient({
    ...clientSettings(peer, local),
    region: local.region,
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });
  if (peer !== undefined) useOwnNames(client, peer);
  return {
    local,
    client,
    clock: wound,
    arn: (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`,
    /** Resolves when the emulator sets (or cancels) a timer of that length, such as the end of a long poll. */
    timer: (ms: number, wanted: "set" | "cancelled" = "set") =>
      new Promise<void>((resolve) => {
        if (peer !== undefined) leaveOut("timers");
        const each = (what: "set" | "cancelled", found: number) => {
          if (what !== wanted || found !== ms) return;
          notices.delete(each);
          resolve();
        };
        notices.add(each);
      }),
    async queue(name: string, Attributes?: CreateQueueCommandInput["Attributes"]): Promise<string> {
      const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes }));
      return QueueUrl!;
    },
    async receive(
      QueueUrl: string,
      input: Omit<ReceiveMessageCommandInput, "QueueUrl"> = {},
    ): Promise<Message[]> {
      const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...input }));
      return Messages ?? [];
    },
    async attributes(QueueUrl: string): Promise<Record<string, string>> {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
      );
      return Attributes!;
    },
    async [Symbol.asyncDispose]() {
      if (peer !== undefined) await sweepQueues(client).catch(() => {});
      client.destroy();
      if (peer === undefined) await local.close();
    },
  };
}

/** Three counts of a queue: can be received, in flight, delayed. */
export const countsOf = (attributes: Record<string, string>): string =>
  [
    attributes.ApproximateNumberOfMessages,
    attributes.ApproximateNumberOfMessagesNotVisible,
    attributes.ApproximateNumberOfMessagesDelayed,
  ].join(" ");

/** What a client sees of an error. */
export async function faultOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const { name, message, Code, $metadata } = error as Error & {
      Code?: string;
      $metadata: { httpStatusCode: number };
    };
    return `${$metadata.httpStatusCode} ${name} (${Code}): ${message}`;
  }
  throw new Error("it succeeded");
}
