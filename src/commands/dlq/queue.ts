import type { SQSClient } from "@aws-sdk/client-sqs";
import { describeQueue, findQueueUrl } from "../../aws/queues.ts";
import { parseArn } from "../../core/arn.ts";
import { EvbError } from "../../core/errors.ts";
import { isFifo, parseQueueRef } from "../../core/redrive/queue-ref.ts";
import type { Connection } from "../connect.ts";

/** A queue that exists and may be looked at. */
export interface OpenQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly fifo: boolean;
  /** By the queue's own attributes, which lag by up to a minute. */
  readonly depth: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly retentionSeconds: number;
  /** The queue has a dead-letter queue of its own, to which a message goes that is received so often. */
  readonly maxReceives: number | undefined;
  readonly deadLetterArn: string | undefined;
  /** Of one message. */
  readonly maxBytes: number | undefined;
}

/** Finds the queue that a person named by name, URL or ARN; errors name `flag`. */
export async function openQueue(connection: Connection, text: string, flag: string): Promise<OpenQueue> {
  const sqs = await connection.sqs();
  const queue = await findQueue(sqs, text);
  if (queue === "unreadable")
    throw new EvbError("BAD_USAGE", `${flag} is no queue's name, URL or ARN: ${text}`, [
      "a name has letters, digits, - and _ and may end in .fifo",
    ]);
  if (typeof queue === "object" && "otherRegion" in queue)
    throw new EvbError(
      "BAD_USAGE",
      `queue ${queue.name} is in ${queue.otherRegion}, but the region is ${queue.region}`,
      [`add --region ${queue.otherRegion}`],
    );
  if (queue === undefined)
    throw new EvbError(
      "NOT_FOUND",
      `queue ${text} does not exist in ${connection.where}, or may not be looked at`,
      ["list them: aws sqs list-queues", "check --region and --profile"],
    );
  return queue;
}

/** The same without an error where there is none. */
export async function findQueue(
  sqs: SQSClient,
  text: string,
): Promise<
  | OpenQueue
  | "unreadable"
  | { readonly name: string; readonly otherRegion: string; readonly region: string }
  | undefined
> {
  const ref = parseQueueRef(text);
  if (ref === undefined) return "unreadable";
  const region = await sqs.config.region();
  if (ref.region !== undefined && ref.region !== region)
    return { name: ref.name, otherRegion: ref.region, region };
  const url = ref.url ?? (await findQueueUrl(sqs, ref.name, ref.account));
  if (url === undefined) return undefined;
  const attributes = await describeQueue(sqs, url);
  return attributes && read(url, attributes);
}

function read(url: string, attributes: Readonly<Record<string, string>>): OpenQueue {
  const arn = attributes.QueueArn ?? "";
  const { account = "", region = "", resource: name = "" } = parseArn(arn) ?? {};
  const policy = parsePolicy(attributes.RedrivePolicy);
  return {
    name,
    url,
    arn,
    account,
    region,
    fifo: isFifo(arn),
    depth: Number(attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    retentionSeconds: Number(attributes.MessageRetentionPeriod ?? 0),
    maxReceives: policy && Number(policy.maxReceiveCount),
    deadLetterArn: policy?.deadLetterTargetArn,
    maxBytes: Number(attributes.MaximumMessageSize) || undefined,
  };
}

function parsePolicy(text: string | undefined) {
  if (text === undefined || text === "") return undefined;
  return JSON.parse(text) as {
    readonly deadLetterTargetArn: string;
    readonly maxReceiveCount: number | string;
  };
}

/** For questions and summaries: `queue orders-dlq, account 123456789012, eu-west-1`. */
export const describePlace = ({ name, account, region }: OpenQueue): string =>
  `queue ${name}, account ${account}, ${region}`;
