import { type Home, renderArn, ruleArn } from "../arn.ts";
import { renderTags, type TailTags } from "./tags.ts";

export interface TailWish {
  readonly name: string;
  /** Where the bus lives; rule and queue are made there. */
  readonly home: Home;
  /** The bus's name, not its ARN. */
  readonly bus: string;
  /** An event pattern, as JSON. */
  readonly pattern: string;
  readonly input: TargetInput;
  /** State of the rule; deployed rules may have the one that also takes CloudTrail's management events. */
  readonly state: RuleState;
  readonly tags: TailTags;
  /** A customer managed KMS key for the queue: id, alias or ARN. SQS's own encryption without one. */
  readonly kmsKey?: string | undefined;
  /** The name of a further rule of this bus that may send to the queue. */
  readonly guest?: string | undefined;
}

export type RuleState = "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/** How EventBridge makes the body; at most one of the three. */
export interface TargetInput {
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Record<string, string>;
    readonly InputTemplate: string;
  };
}

/** What is made, in the order in which it is made. */
export interface TailSetup {
  readonly name: string;
  /** `undefined` for a rule that sends to the queue of another set-up. */
  readonly queue:
    | {
        readonly attributes: Record<string, string>;
        readonly tags: Record<string, string>;
      }
    | undefined;
  readonly rule: {
    readonly Name: string;
    readonly EventBusName: string;
    readonly EventPattern: string;
    readonly State: RuleState;
    readonly Description: string;
    readonly Tags: { Key: string; Value: string }[];
  };
  readonly target: { readonly Id: string; readonly Arn: string } & TargetInput;
  readonly ruleArn: string;
}

/** The target's id; our rules have one target. */
export const targetId = "evb-tail";

/** Events that nobody fetches are gone after this time, whatever becomes of the queue. */
export const retentionSeconds = 3600;
/** A message that was received and not deleted, say because the answer was lost, comes again after this time. */
export const visibilitySeconds = 60;

/**
 * The queue gets its final policy when it is made, because a change of a policy takes up to a minute to spread (SQS,
 * SetQueueAttributes). The rule's ARN can be known before the rule exists.
 */
export function planSetup(wish: TailWish): TailSetup {
  const { name, home, bus, tags, kmsKey, guest } = wish;
  const queue = renderArn(home, "sqs", name);
  const senders = [name, ...(guest === undefined ? [] : [guest])].map((rule) => ruleArn(home, bus, rule));
  return {
    ...planGuest(wish, name),
    queue: {
      attributes: {
        Policy: queuePolicy(queue, senders),
        MessageRetentionPeriod: String(retentionSeconds),
        ReceiveMessageWaitTimeSeconds: "20",
        VisibilityTimeout: String(visibilitySeconds),
        ...(kmsKey !== undefined && { KmsMasterKeyId: kmsKey }),
      },
      tags: renderTags(tags),
    },
  };
}

/** Only a rule, with the queue of that name as its target. */
export function planGuest(
  { name, home, bus, pattern, input, state, tags }: TailWish,
  queue: string,
): TailSetup {
  return {
    name,
    queue: undefined,
    rule: {
      Name: name,
      EventBusName: bus,
      EventPattern: pattern,
      State: state,
      Description:
        `temporary, made by evb tail for ${tags.owner}; evb gc removes it once it has expired`.slice(0, 512),
      Tags: Object.entries(renderTags(tags)).map(([Key, Value]) => ({ Key, Value })),
    },
    target: { Id: targetId, Arn: renderArn(home, "sqs", queue), ...input },
    ruleArn: ruleArn(home, bus, name),
  };
}

/** The statement that EventBridge's user guide gives for a queue that is a rule's target. */
const queuePolicy = (queueArn: string, ruleArns: readonly string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "EventsToTail",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": ruleArns.length === 1 ? ruleArns[0] : ruleArns } },
      },
    ],
  });
