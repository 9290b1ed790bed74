import { basename } from "node:path/posix";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { isMissingQueue, listQueues, listQueueTags } from "../../aws/queues.ts";
import { describeBus, listBuses, listRules, listTags } from "../../aws/rules.ts";
import type { FoundPart } from "../../core/tail/leftovers.ts";
import { isRedriveName, parseTemporaryName, redrivePrefix, tailPrefix } from "../../core/tail/name.ts";
import type { Clients } from "../temporary.ts";

/** Calls in flight; the control plane of EventBridge takes 50 a second. */
const crew = 8;

/** Every rule, bus and queue of the region that has a tail's or redrive's name, with its tags. */
export async function findParts({ events, sqs }: Clients): Promise<FoundPart[]> {
  const [rules, queues] = await Promise.all([findRules(events), findQueues(sqs)]);
  return [...rules, ...queues];
}

async function findQueues(sqs: SQSClient): Promise<FoundPart[]> {
  const urls: string[] = [];
  for (const prefix of [tailPrefix, redrivePrefix])
    for await (const url of listQueues(sqs, prefix))
      if (parseTemporaryName(basename(url)) !== undefined) urls.push(url);
  return inParallel(urls, async (queueUrl) => {
    const tags = await unlessGone(() => listQueueTags(sqs, queueUrl));
    return tags === undefined ? [] : [{ name: basename(queueUrl), tags, queueUrl }];
  });
}

async function findRules(events: EventBridgeClient): Promise<FoundPart[]> {
  const buses: string[] = [];
  for await (const bus of listBuses(events)) buses.push(bus);
  return inParallel(buses, async (bus) => {
    if (isRedriveName(bus)) return await findBusOf(events, bus);
    const parts: FoundPart[] = [];
    for await (const { Name = "", Arn = "" } of listRules(events, bus, tailPrefix)) {
      if (parseTemporaryName(Name) === undefined) continue;
      const tags = await unlessGone(() => listTags(events, Arn));
      if (tags !== undefined) parts.push({ name: Name, tags, bus });
    }
    return parts;
  });
}

/** A redrive's bus is its own, with all that is on it. */
async function findBusOf(events: EventBridgeClient, name: string): Promise<FoundPart[]> {
  if (parseTemporaryName(name) === undefined) return [];
  const found = await unlessGone(() => describeBus(events, name));
  const tags = found?.Arn === undefined ? undefined : await unlessGone(() => listTags(events, found.Arn!));
  return tags === undefined ? [] : [{ name, tags, bus: name }];
}

/** Lists lag behind: what they name may have gone for up to a minute. */
async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isMissingQueue(error) || (error as Error).name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R[]>): Promise<R[]> {
  const results: R[][] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: crew }, worker));
  return results.flat();
}
