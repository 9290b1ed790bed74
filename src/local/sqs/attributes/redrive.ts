import { parseArn } from "../../../core/arn.ts";
import { invalidValue } from "../faults.ts";
import { isWithin, sqsLimits } from "../limits.ts";
import { allowsRedriveFrom } from "./redrive-allow.ts";

/** When a queue gives up on a message, and who gets it then. */
export interface RedrivePolicy {
  readonly targetArn: string;
  readonly maxReceiveCount: number;
}

/** What a redrive policy is checked against. */
export interface RedriveFacts {
  /** The queue that the policy is for. */
  readonly arn: string;
  readonly fifo: boolean;
  /** `undefined` when there is no such queue. */
  readonly findQueue: (
    arn: string,
  ) => { readonly fifo: boolean; readonly redriveAllowPolicy: string | undefined } | undefined;
}

const members = ["maxReceiveCount", "deadLetterTargetArn"] as const;

/** The policy of the attribute `RedrivePolicy`. Throws what SQS answers when it cannot be set. */
export function parseRedrivePolicy(text: string, facts: RedriveFacts): RedrivePolicy {
  const refuse = (reason: string) => invalidValue(text, "RedrivePolicy", reason);
  const policy = readRedrivePolicy(text);
  if (policy === undefined) throw refuse("Redrive policy is not a valid JSON map.");
  for (const member of members)
    if (policy[member] === undefined)
      throw refuse(`Redrive policy does not contain mandatory attribute: ${member}.`);
  if (Object.keys(policy).some((key) => !(members as readonly string[]).includes(key)))
    throw refuse(`Only following attributes are supported: [${members.join(", ")}].`);
  const targetArn = policy.deadLetterTargetArn;
  const arn = typeof targetArn === "string" ? parseArn(targetArn) : undefined;
  if (typeof targetArn !== "string" || arn?.service !== "sqs")
    throw refuse("Invalid value for deadLetterTargetArn.");
  const maxReceiveCount = Number(policy.maxReceiveCount);
  if (!isWithin(maxReceiveCount, sqsLimits.maxReceiveCount))
    throw refuse(
      `Invalid value for maxReceiveCount: ${policy.maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
    );
  if (arn.account !== parseArn(facts.arn)?.account)
    throw refuse("Dead-letter target owner should be same as the source.");
  const target = facts.findQueue(targetArn);
  if (target === undefined) throw refuse("Dead letter target does not exist.");
  if (target.fifo !== facts.fifo) throw refuse("Dead-letter queue must be same type of queue as the source.");
  // Our wording.
  if (!allowsRedriveFrom(target.redriveAllowPolicy, facts.arn))
    throw refuse("The redrive allow policy of the dead-letter queue does not allow this source queue.");
  return { targetArn, maxReceiveCount };
}

function readRedrivePolicy(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
