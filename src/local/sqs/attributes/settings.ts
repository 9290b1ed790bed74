import { type Policy, parsePolicy } from "../../../core/policy.ts";
import type { Attributes } from "./check.ts";
import { settable } from "./names.ts";
import type { RedrivePolicy } from "./redrive.ts";

/** A queue's attributes as the queue uses them. Times in milliseconds. */
export interface Settings {
  readonly visibilityMs: number;
  readonly retentionMs: number;
  readonly delayMs: number;
  readonly waitMs: number;
  readonly maxBytes: number;
  readonly contentDeduplication: boolean;
  readonly deduplicateByGroup: boolean;
  readonly redrive: RedrivePolicy | undefined;
  readonly policy: Policy | undefined;
}

/** What a new queue has before anything is set. */
export function initialValues(fifo: boolean): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, { initial, fifo: fifoOnly }] of Object.entries(settable))
    if (initial !== undefined && (fifo || !fifoOnly)) values.set(name, initial);
  if (fifo) values.set("FifoQueue", "true");
  return values;
}

/** The values after `given`, which has been checked, is set. */
export function mergeValues(present: ReadonlyMap<string, string>, given: Attributes): Map<string, string> {
  const values = new Map(present);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (value === "") values.delete(name);
    else values.set(name, value);
  }
  // One kind of encryption switches the other off.
  if ((given.KmsMasterKeyId ?? "") !== "") {
    values.set("SqsManagedSseEnabled", "false");
    if (!values.has("KmsDataKeyReusePeriodSeconds")) values.set("KmsDataKeyReusePeriodSeconds", "300");
  } else if (given.KmsMasterKeyId === "" || given.SqsManagedSseEnabled === "true") {
    values.delete("KmsMasterKeyId");
    values.delete("KmsDataKeyReusePeriodSeconds");
  }
  return values;
}

export function settingsOf(values: ReadonlyMap<string, string>): Settings {
  const ms = (name: string) => Number(values.get(name)) * 1000;
  const policy = values.get("Policy");
  const redrive = values.get("RedrivePolicy");
  return {
    visibilityMs: ms("VisibilityTimeout"),
    retentionMs: ms("MessageRetentionPeriod"),
    delayMs: ms("DelaySeconds"),
    waitMs: ms("ReceiveMessageWaitTimeSeconds"),
    maxBytes: Number(values.get("MaximumMessageSize")),
    contentDeduplication: values.get("ContentBasedDeduplication") === "true",
    deduplicateByGroup: values.get("DeduplicationScope") === "messageGroup",
    policy: policy === undefined ? undefined : parsePolicy(policy),
    redrive: redrive === undefined ? undefined : redriveOf(redrive),
  };
}

/** Of a policy that was checked when it was set. */
function redriveOf(text: string): RedrivePolicy {
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text);
  return { targetArn: deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}
