import { type Home, renderArn, ruleArn } from "../arn.ts";
import type { BusFile, RuleSpec, TargetSpec } from "./bus-file.ts";

/** A call to AWS, as data; in the order in which they must be made. */
export type ApplyStep =
  | { readonly kind: "queue"; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: "bus"; readonly name: string; readonly description?: string | undefined }
  | { readonly kind: "rule"; readonly bus: string; readonly name: string; readonly spec: RuleSpec }
  | {
      readonly kind: "targets";
      readonly bus: string;
      readonly rule: string;
      readonly targets: readonly TargetShape[];
    };

/** A target by the names of EventBridge's API. */
export interface TargetShape {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Record<string, string>;
    readonly InputTemplate: string;
  };
  readonly SqsParameters?: { readonly MessageGroupId: string };
  readonly DeadLetterConfig?: { readonly Arn: string };
  readonly RetryPolicy?: {
    readonly MaximumRetryAttempts?: number;
    readonly MaximumEventAgeInSeconds?: number;
  };
}

/**
 * What makes a bus file true: queues with their final policy first (it names rules that do not exist yet, as AWS
 * allows), then buses, rules and targets, so that no event finds half of it.
 */
export function planApply(file: BusFile, home: Home): ApplyStep[] {
  const rules = Object.entries(file.buses).flatMap(([bus, { rules }]) =>
    Object.entries(rules).map(([name, spec]) => ({ bus, name, spec })),
  );
  const senders = (queue: string) =>
    rules
      .filter(({ spec }) =>
        spec.targets.some((target) => target.queue === queue || target.deadLetterQueue === queue),
      )
      .map(({ bus, name }) => ruleArn(home, bus, name));
  return [
    ...Object.entries(file.queues).map(([name, { attributes = {}, policy = "rules" }]): ApplyStep => {
      const arns = policy === "rules" ? senders(name) : [];
      return {
        kind: "queue",
        name,
        attributes: { ...attributes, Policy: queuePolicy(queueArn(home, name), arns) },
      };
    }),
    ...Object.entries(file.buses)
      .filter(([name]) => name !== "default")
      .map(([name, { description }]): ApplyStep => ({ kind: "bus", name, description })),
    ...rules.flatMap(({ bus, name, spec }): ApplyStep[] => [
      { kind: "rule", bus, name, spec },
      { kind: "targets", bus, rule: name, targets: spec.targets.map((target) => shapeOf(target, home)) },
    ]),
  ];
}

const queueArn = (home: Home, name: string): string => renderArn(home, "sqs", name);

/** The policy that lets these rules send to a queue; empty, which means none, when there are no rules. */
function queuePolicy(queue: string, ruleArns: readonly string[]): string {
  if (ruleArns.length === 0) return "";
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: ruleArns.map((arn, index) => ({
      Sid: `rule${index}`,
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue,
      Condition: { ArnEquals: { "aws:SourceArn": arn } },
    })),
  });
}

function shapeOf(target: TargetSpec, home: Home): TargetShape {
  const { inputTransformer, retryPolicy } = target;
  return {
    Id: target.id,
    Arn:
      target.queue === undefined
        ? renderArn(home, "events", `event-bus/${target.bus}`)
        : queueArn(home, target.queue),
    // PutTargets demands a role for a bus; a bus file is for the emulator, which has no IAM to ask about it.
    ...(target.bus !== undefined && {
      RoleArn: renderArn({ ...home, region: "" }, "iam", "role/send-to-event-bus"),
    }),
    ...(target.input !== undefined && { Input: target.input }),
    ...(target.inputPath !== undefined && { InputPath: target.inputPath }),
    ...(inputTransformer && {
      InputTransformer: {
        ...(inputTransformer.inputPathsMap && { InputPathsMap: { ...inputTransformer.inputPathsMap } }),
        InputTemplate: inputTransformer.inputTemplate,
      },
    }),
    ...(target.messageGroupId !== undefined && { SqsParameters: { MessageGroupId: target.messageGroupId } }),
    ...(target.deadLetterQueue !== undefined && {
      DeadLetterConfig: { Arn: queueArn(home, target.deadLetterQueue) },
    }),
    ...(retryPolicy && {
      RetryPolicy: {
        ...(retryPolicy.maximumRetryAttempts !== undefined && {
          MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
        }),
        ...(retryPolicy.maximumEventAgeInSeconds !== undefined && {
          MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
        }),
      },
    }),
  };
}
