import type { QueueModel } from "../bus.ts";
import { at, type Entry, renderTree, type Tree, textOf } from "../source/tree.ts";
import { evaluate } from "./evaluate.ts";
import { queueAttributes, queueProperties } from "./known.ts";
import { evaluateTexts, identify } from "./physical.ts";
import { checkProperties } from "./properties.ts";
import type { Scope } from "./scope.ts";
import { Settler } from "./settle.ts";

/** A queue of a template, without the policies that stand in resources of their own. */
export function readQueue(scope: Scope, id: string, { value: resource, place }: Entry): QueueModel {
  const properties = at(resource, "Properties");
  checkProperties(scope, "AWS::SQS::Queue", properties, queueProperties);
  const { name, isGenerated, arn } = identify(scope, id, resource);
  const { unknowns } = scope;
  const attributes = queueAttributes.flatMap((attribute) => {
    const tree = at(properties, attribute);
    const value = tree && evaluate(tree, scope);
    return value === undefined ? [] : [[attribute, unknowns.settle(textOf(value) ?? renderTree(value))]];
  });
  return {
    name: unknowns.settle(name),
    ...(isGenerated && { isNameGenerated: true }),
    arn: unknowns.settle(arn),
    attributes: withFifo(Object.fromEntries(attributes)),
    place,
    logicalId: id,
  };
}

/** `FifoQueue: false` is how a template says it; the API knows only true, or nothing. */
function withFifo({ FifoQueue, ...attributes }: Readonly<Record<string, string>>): Record<string, string> {
  return FifoQueue === "true" ? { ...attributes, FifoQueue } : attributes;
}

/** A policy and the queues that it is for, by ARN. */
export interface QueuePolicy {
  readonly queues: readonly string[];
  readonly text: string;
}

/** `AWS::SQS::QueuePolicy`, which names queues by URL, and `AWS::SQS::QueueInlinePolicy`. */
export function readQueuePolicy(scope: Scope, { value: resource }: Entry): QueuePolicy | undefined {
  const of = (name: string): Tree | undefined => at(resource, "Properties", name);
  const text = new Settler(scope).policy(of("PolicyDocument"));
  if (text === undefined) return undefined;
  const urls = [...evaluateTexts(scope, of("Queues")), ...evaluateTexts(scope, of("Queue"))];
  return { text, queues: urls.map((url) => arnOfUrl(scope.unknowns.settle(url))) };
}

/** `https://sqs.REGION.…/ACCOUNT/NAME` as the end of an ARN, whatever the partition. */
const arnOfUrl = (url: string): string => {
  const found = /^https:\/\/sqs\.(.+?)\.amazonaws\.com[^/]*\/([^/]+)\/(.+)$/s.exec(url);
  return found === null ? url : `:sqs:${found[1]}:${found[2]}:${found[3]}`;
};

/** Queues with their policies; a queue that several policies name has the last one, as on AWS. */
export const withPolicies = (queues: readonly QueueModel[], policies: readonly QueuePolicy[]): QueueModel[] =>
  queues.map((queue) => {
    const policy = policies.findLast((policy) => policy.queues.some((end) => queue.arn.endsWith(end)));
    return policy === undefined
      ? queue
      : { ...queue, attributes: { ...queue.attributes, Policy: policy.text } };
  });
