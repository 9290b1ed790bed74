import type { QueueModel } from "../bus.ts";
import type { Resource } from "./plan.ts";
import { Settled } from "./settled.ts";
import type { Values } from "./values.ts";

/** The provider's names of SQS's attributes. */
const attributes: Readonly<Record<string, string>> = {
  content_based_deduplication: "ContentBasedDeduplication",
  deduplication_scope: "DeduplicationScope",
  delay_seconds: "DelaySeconds",
  fifo_queue: "FifoQueue",
  fifo_throughput_limit: "FifoThroughputLimit",
  kms_master_key_id: "KmsMasterKeyId",
  max_message_size: "MaximumMessageSize",
  message_retention_seconds: "MessageRetentionPeriod",
  policy: "Policy",
  receive_wait_time_seconds: "ReceiveMessageWaitTimeSeconds",
  redrive_allow_policy: "RedriveAllowPolicy",
  redrive_policy: "RedrivePolicy",
  sqs_managed_sse_enabled: "SqsManagedSseEnabled",
  visibility_timeout_seconds: "VisibilityTimeout",
};

export function readQueue(values: Values, resource: Resource): QueueModel {
  const settled = new Settled(values, resource);
  const found = Object.entries(attributes).flatMap(([attribute, name]) => {
    const text = settled.name([attribute], attribute);
    if (text?.includes("${") && /polic/.test(attribute)) warnOfUnknown(values, resource, attribute);
    // What is not known is left as AWS has it, and what is off is not said.
    return !text || text.includes("${") || (text === "false" && name !== "SqsManagedSseEnabled")
      ? []
      : [[name, text]];
  });
  return {
    name: settled.own(),
    ...(settled.isNameGenerated && { isNameGenerated: true }),
    arn: settled.arn(),
    attributes: Object.fromEntries(found),
    ...(settled.name(["policy"], "policy")?.includes("${") && { isPolicyUnknown: true }),
    place: resource.place,
    logicalId: resource.address,
  };
}

/** Queues with what resources of their own say about them. A policy that only the apply knows is told of. */
export function withPolicies(
  values: Values,
  queues: readonly QueueModel[],
  policies: readonly Resource[],
  redrives: readonly Resource[],
): QueueModel[] {
  return queues.map((queue) => {
    let { isPolicyUnknown } = queue;
    const of = (resources: readonly Resource[], attribute: string) => {
      const resource = resources.find((other) => isFor(values, other, queue));
      if (resource === undefined) return undefined;
      const text = new Settled(values, resource).name([attribute], attribute);
      if (text === undefined || text.startsWith("{")) return text;
      warnOfUnknown(values, resource, attribute);
      if (attribute === "policy") isPolicyUnknown = true;
      return undefined;
    };
    const [Policy, RedrivePolicy] = [of(policies, "policy"), of(redrives, "redrive_policy")];
    return {
      ...queue,
      attributes: { ...queue.attributes, ...(Policy && { Policy }), ...(RedrivePolicy && { RedrivePolicy }) },
      ...(isPolicyUnknown && { isPolicyUnknown }),
    };
  });
}

const warnOfUnknown = (
  { source: { faults } }: Values,
  { place, address }: Resource,
  attribute: string,
): void =>
  faults.about(address, () =>
    faults.warn(place, `${attribute} is known only after the apply: the queue is read without it`),
  );

/** By its URL, which ends in account and name. */
const isFor = (values: Values, resource: Resource, queue: QueueModel): boolean =>
  values.settled(values.text(resource, ["queue_url"]) ?? "").endsWith(`/${queue.name}`);
