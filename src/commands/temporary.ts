import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { deleteBus } from "../aws/buses.ts";
import { deleteQueue, findQueueUrl } from "../aws/queues.ts";
import { deleteRule, describeBus, listRules, listTargets } from "../aws/rules.ts";
import type { World } from "../shell/world.ts";

export interface Clients {
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
}

/** What a tail made, or may have made: a call whose answer never came counts. */
export interface TemporaryParts {
  /** Of rule and queue alike. */
  readonly name: string;
  /** The rule's bus; `undefined` where there is no rule. */
  readonly bus: string | undefined;
  /** The queue's URL; `unknown` when it has to be asked for, `undefined` where there is no queue. */
  readonly queueUrl: string | "unknown" | undefined;
}

/** A part that is still there, and why. */
export interface Remnant {
  readonly part: "rule" | "queue" | "bus";
  readonly error: unknown;
}

/**
 * Removes targets, then the rule, then the queue, so that nothing is delivered to a queue that has gone. A rule that
 * cannot be removed does not save the queue, which holds the data. What is gone already is no error.
 */
export async function removeParts(clients: Clients, parts: TemporaryParts): Promise<Remnant[]> {
  const { attempt, remnants } = openAttempts();
  if (parts.bus !== undefined) await attempt("rule", () => removeRule(clients, parts.bus!, parts.name));
  if (parts.queueUrl !== undefined)
    await attempt("queue", () => removeQueue(clients, parts.name, parts.queueUrl!));
  return remnants;
}

/** The same for a redrive's own bus, with all its rules: the queue of its failures goes last. */
export async function removeRelay(clients: Clients, name: string): Promise<Remnant[]> {
  const { attempt, remnants } = openAttempts();
  await attempt("bus", async () => {
    if ((await describeBus(clients.events, name)) === undefined) return;
    const rules: string[] = [];
    for await (const { Name } of listRules(clients.events, name)) if (Name !== undefined) rules.push(Name);
    for (const rule of rules) await removeRule(clients, name, rule);
    await deleteBus(clients.events, name);
  });
  await attempt("queue", () => removeQueue(clients, name, "unknown"));
  return remnants;
}

function openAttempts() {
  const remnants: Remnant[] = [];
  const attempt = async (part: Remnant["part"], act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      remnants.push({ part, error });
    }
  };
  return { remnants, attempt };
}

async function removeRule({ events }: Clients, bus: string, name: string): Promise<void> {
  const targets = await listTargets(events, bus, name);
  if (targets === undefined) return;
  const ids = targets.map(({ Id }) => Id!);
  await deleteRule(events, bus, name, ids);
}

async function removeQueue({ sqs }: Clients, name: string, known: string): Promise<void> {
  const url = known === "unknown" ? await findQueueUrl(sqs, name) : known;
  if (url !== undefined) await deleteQueue(sqs, url);
}

/** Whose it is, for whoever finds it in a shared account. */
export function ownerOf({ env }: World): string {
  const user = env.USER ?? env.LOGNAME ?? env.USERNAME ?? "unknown";
  return env.HOSTNAME ? `${user}@${env.HOSTNAME}` : user;
}
