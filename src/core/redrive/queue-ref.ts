import { parseArn } from "../arn.ts";

/** What a person named a queue by. */
export interface QueueRef {
  readonly name: string;
  readonly url?: string;
  readonly account?: string;
  readonly region?: string;
}

/** Parses a name, URL or ARN; undefined when it is none of them. */
export function parseQueueRef(text: string): QueueRef | undefined {
  if (/^https?:\/\//.test(text)) {
    const [account, name] = text.replace(/\/+$/, "").split("/").slice(-2);
    return name && account ? { name, url: text, ...(/^\d{12}$/.test(account) && { account }) } : undefined;
  }
  if (text.startsWith("arn:")) {
    const arn = parseArn(text);
    if (arn?.service !== "sqs" || !isQueueName(arn.resource)) return undefined;
    return { name: arn.resource, account: arn.account, region: arn.region };
  }
  return isQueueName(text) ? { name: text } : undefined;
}

/** Source: CreateQueue, parameter QueueName. */
const isQueueName = (text: string): boolean =>
  /^[\w-]{1,80}$/.test(text) || (/^[\w-]+\.fifo$/.test(text) && text.length <= 80);

export const isFifo = (nameOrArn: string): boolean => nameOrArn.endsWith(".fifo");
