import { parsePolicy } from "../../../core/policy.ts";
import { badAttribute, invalid, sqsFault, unknownAttribute } from "../faults.ts";
import { settable } from "./names.ts";
import { parseRedrivePolicy, type RedriveFacts } from "./redrive.ts";
import { checkRedriveAllowPolicy } from "./redrive-allow.ts";

export interface AttributeFacts extends RedriveFacts {
  readonly fifo: boolean;
  /** What the queue has already. */
  readonly present: ReadonlyMap<string, string>;
  readonly creating: boolean;
}

export type Attributes = Readonly<Record<string, string | undefined>>;

/** Throws what SQS answers when the attributes cannot be set. */
export function checkAttributes(given: Attributes, facts: AttributeFacts): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const known = Object.hasOwn(settable, name) ? settable[name]! : undefined;
    if (known === undefined || (known.fifo && !facts.fifo)) throw unknownAttribute(name);
    if (name === "FifoQueue" && !facts.creating)
      throw badAttribute(name, "Modifying queue type is not supported.");
    if (value === "" && known.clearable) continue;
    if (!known.isValid(value)) throw badAttribute(name);
    if (name === "Policy") checkPolicy(value);
    if (name === "RedrivePolicy") parseRedrivePolicy(value, facts);
    if (name === "RedriveAllowPolicy") checkRedriveAllowPolicy(value);
  }
  checkEncryption(given);
  checkThroughput(given, facts);
}

/** A policy that IAM could not read is not kept. */
function checkPolicy(value: string): void {
  const statements = [parsePolicy(value)?.Statement ?? []].flat();
  const isSound = (statement: unknown): boolean => {
    if (!isRecord(statement)) return false;
    const { Effect, Principal, NotPrincipal, Action, NotAction, Condition = {} } = statement;
    return (
      (Effect === "Allow" || Effect === "Deny") &&
      [Principal, NotPrincipal].some((who) => who === "*" || isRecord(who)) &&
      [Action, NotAction].some((what) => typeof what === "string" || Array.isArray(what)) &&
      isRecord(Condition) &&
      Object.values(Condition).every(isRecord)
    );
  };
  if (statements.length === 0 || !statements.every(isSound)) throw badAttribute("Policy");
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function checkEncryption(given: Attributes): void {
  if (given.SqsManagedSseEnabled === "true" && (given.KmsMasterKeyId ?? "") !== "")
    throw sqsFault(
      "InvalidAttributeName",
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
    );
}

/** Developer guide, high throughput for FIFO queues; the wording is ours. */
function checkThroughput(given: Attributes, { present }: AttributeFacts): void {
  const after = (name: string) => given[name] ?? present.get(name);
  if (after("FifoThroughputLimit") === "perMessageGroupId" && after("DeduplicationScope") !== "messageGroup")
    throw invalid(
      "The perMessageGroupId value of FifoThroughputLimit is allowed only when DeduplicationScope is messageGroup.",
    );
}
