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
  /** One for each place where the stack may be deployed; just one where that is known. */
  readonly policies: readonly { readonly home: Home; readonly policy: Policy | undefined }[];
  /** Who is meant by what only the deploy knows, nobody can say. */
  readonly isOpen: boolean;
}

const unknown = /\$\{(?!AWS::)/;

function policyOf(queue: QueueModel): Guarded {
  const { Policy = "" } = queue.attributes;
  const isOpen = queue.isPolicyUnknown === true || unknown.test(Policy);
  const policies = homesIn(Policy).map((home) => ({ home, policy: parsePolicy(home(Policy)) }));
  return { queue, policies, isOpen };
}

/** Puts a region and an account in the place of those that only the deploy knows. */
type Home = (text: string) => string;

/** Most policies speak of one region and one account; what has more is not searched for all of them. */
const mostHomes = 4;

/** Nobody knows yet where it will be deployed: perhaps just there where the policy says. */
function homesIn(policy: string): Home[] {
  const found = (pattern: RegExp) => [...new Set([...policy.matchAll(pattern)].map(([, part]) => part!))];
  const regions = found(/arn:[^:"]*:(?:events|sqs):([\w-]+):/g).slice(0, mostHomes);
  const accounts = found(/(?<!\d)(\d{12})(?!\d)/g).slice(0, mostHomes);
  return [undefined, ...regions].flatMap((region) =>
    [undefined, ...accounts].map(
      (account): Home =>
        (text) =>
          text
            .replace(/\$\{AWS::Region\}/g, (sign) => region ?? sign)
            .replace(/\$\{AWS::AccountId\}/g, (sign) => account ?? sign),
    ),
  );
}

type Refusal = "policy" | "no policy" | "key";

function refusalOf({ queue, policies, isOpen }: Guarded, rule: Rule): Refusal | undefined {
  const { arn, attributes } = queue;
  if (attributes.KmsMasterKeyId === "alias/aws/sqs") return "key";
  if (isOpen || unknown.test(rule.arn)) return undefined;
  const isLetIn = policies.some(({ home, policy }) =>
    isAllowed(policy, {
      service: "events.amazonaws.com",
      action: "sqs:SendMessage",
      resource: home(arn),
      context: {
        ...contextOf("events.amazonaws.com", home(rule.arn)),
        "aws:sourceaccount": home(accountOf(rule.arn)),
      },
    }),
  );
  return isLetIn ? undefined : policies[0]!.policy === undefined ? "no policy" : "policy";
}

/** The colons of `${AWS::AccountId}` part nothing. */
const accountOf = (arn: string): string => arn.split(/(?<!:):(?!:)/)[4] ?? "";

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
