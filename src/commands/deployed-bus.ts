import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { listArchives, readBusWithRules } from "../aws/bus-model.ts";
import { describeQueue, findQueueUrl } from "../aws/queues.ts";
import { parseArn } from "../core/arn.ts";
import type { Bus, BusModel, QueueModel } from "../core/route/index.ts";
import { findBus } from "./bus.ts";
import type { Connection } from "./connect.ts";
import { eachOf } from "./few.ts";

/** Tries of one call: reading many rules is what throttles, and nobody waits for a single answer. */
const maxAttempts = 8;

/** A deployed bus, the buses that its rules send to, and, if they are wanted, the queues behind them. */
export async function readDeployedBus(
  connection: Connection,
  name: string,
  queues: boolean,
): Promise<BusModel> {
  const events = await connection.events({ maxAttempts });
  const first = await findBus(connection, name);
  const bus = await readBusWithRules(events, name, eachOf);
  const archives = await listArchives(events, bus.arn);
  const found: Bus[] = [archives.length > 0 ? { ...bus, archives } : bus];
  for (const next of nextBuses(bus, first.home)) {
    const onward = await orGone(events, next);
    if (onward !== undefined) found.push(onward);
  }
  return { buses: found, queues: queues ? await readQueues(connection, found) : [] };
}

/** Names of the buses of the same account and region that rules of a bus send to. */
function nextBuses(
  { arn, rules }: Bus,
  home: { readonly account: string; readonly region: string },
): string[] {
  const targets = rules.flatMap(({ targets }) => targets).map(({ Arn }) => Arn);
  const next = new Set(targets.filter((target) => target !== arn));
  return [...next].flatMap((target) => {
    const parsed = parseArn(target);
    const isNear =
      parsed?.service === "events" && parsed.account === home.account && parsed.region === home.region;
    return isNear && parsed.resource.startsWith("event-bus/")
      ? [parsed.resource.slice("event-bus/".length)]
      : [];
  });
}

/** A rule may send to a bus that has been deleted. */
async function orGone(events: EventBridgeClient, name: string): Promise<Bus | undefined> {
  try {
    return await readBusWithRules(events, name, eachOf);
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

async function readQueues(connection: Connection, buses: readonly Bus[]): Promise<QueueModel[]> {
  const arns = buses.flatMap(({ deadLetterArn, rules }) => [
    deadLetterArn,
    ...rules.flatMap(({ targets }) =>
      targets.flatMap(({ Arn, DeadLetterConfig }) => [Arn, DeadLetterConfig?.Arn]),
    ),
  ]);
  const sqs = await connection.sqs();
  const found = await eachOf([...new Set(arns)], async (arn) => {
    const parsed = parseArn(arn ?? "");
    if (parsed?.service !== "sqs") return undefined;
    const url = await findQueueUrl(sqs, parsed.resource, parsed.account);
    const attributes = url && (await describeQueue(sqs, url));
    return attributes ? { name: parsed.resource, arn: arn!, attributes } : undefined;
  });
  return found.filter((queue) => queue !== undefined);
}
