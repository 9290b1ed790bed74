import { contextOf, isAllowed, type Policy, parsePolicy } from "../../policy.ts";
import type { QueueModel, Rule } from "../../route/bus.ts";
import { eachTarget, nameTarget } from "../each.ts";
import type { Check } from "../finding.ts";

export const queueRefuses: Check = {
  id: "queue-refuses",
  severity: "error",
  about: "the policy of the queue, or its key, does not let EventBridge in",
  *find(subject) {
    const queues = new Map(subject.queues.map((queue) => [queue.arn, policyOf(queue)]));
    const find = (arn: string | undefined) => queues.get(arn ?? "");
    for (const { bus, rule, target } of eachTarget(subject)) {
      const dead = target.DeadLetterConfig?.Arn;
      // A role of the target may do what the policy does not say; dead letters always come by the policy.
      const uses = [
        {
          queue: target.RoleArn === undefined ? find(target.Arn) : undefined,
          what: nameTarget(rule, target),
        },
        { queue: find(dead), what: `the dead-letter queue of ${nameTarget(rule, target)}` },
      ];
      for (const { queue: guarded, what } of uses) {
        const refusal = guarded && refusalOf(guarded, rule);
        const queue = guarded?.queue;
        if (refusal !== undefined)
          yield { ...{ bus, rule, target, queue }, ...say(queue!, rule, what, refusal) };
      }
    }
  },
};

/** A queue with its policy, read once: hundreds of rules may feed it. */
interface Guarded {
  readonly queue: QueueModel;
  readonly policy: Policy | undefined;
  /** Who is meant by what only the deploy knows, nobody can say. */
  readonly isOpen: boolean;
}

const unknown = /\$\{(?!AWS::)/;

function policyOf(queue: QueueModel): Guarded {
  const { Policy = "" } = queue.attributes;
  const isOpen = queue.isPolicyUnknown === true || unknown.test(Policy);
  return { queue, policy: parsePolicy(Policy), isOpen };
}

type Refusal = "policy" | "no policy" | "key";

function refusalOf({ queue, policy, isOpen }: Guarded, rule: Rule): Refusal | undefined {
  const { arn, attributes } = queue;
  if (attributes.KmsMasterKeyId === "alias/aws/sqs") return "key";
  if (isOpen || unknown.test(rule.arn)) return undefined;
  const isLetIn = isAllowed(policy, {
    service: "events.amazonaws.com",
    action: "sqs:SendMessage",
    resource: arn,
    context: contextOf("events.amazonaws.com", rule.arn),
  });
  return isLetIn ? undefined : policy === undefined ? "no policy" : "policy";
}

function say({ name }: QueueModel, rule: Rule, what: string, refusal: Refusal) {
  if (refusal === "key")
    return {
      sentence: `${what} cannot be reached: queue ${name} is encrypted with alias/aws/sqs, which cannot be opened for EventBridge`,
      remedy: "use SSE-SQS, or a key of your own whose policy lets events.amazonaws.com use it",
    };
  const why = refusal === "policy" ? "the policy of queue" : "no policy of queue";
  const lets = refusal === "policy" ? "does not let" : "lets";
  return {
    sentence: `${what} cannot be reached: ${why} ${name} ${lets} rule ${rule.name} in`,
    remedy: `allow events.amazonaws.com sqs:SendMessage, with aws:SourceArn ${rule.arn}`,
  };
}
