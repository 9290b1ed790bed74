import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { deleteQueue, findQueueUrl } from "../aws/queues.ts";
import { deleteRule, listTargets } from "../aws/rules.ts";

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
  readonly part: "rule" | "queue";
  readonly error: unknown;
}

/**
 * Removes targets, then the rule, then the queue, so that nothing is delivered to a queue that has gone. A rule that
 * cannot be removed does not save the queue, which holds the data. What is gone already is no error.
 */
export async function removeParts(clients: Clients, parts: TemporaryParts): Promise<Remnant[]> {
  const remnants: Remnant[] = [];
  const attempt = async (part: Remnant["part"], act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      remnants.push({ part, error });
    }
  };
  if (parts.bus !== undefined) await attempt("rule", () => removeRule(clients, parts.bus!, parts.name));
  if (parts.queueUrl !== undefined)
    await attempt("queue", () => removeQueue(clients, parts.name, parts.queueUrl!));
  return remnants;
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
