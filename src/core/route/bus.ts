import type { TargetInput } from "../transform/index.ts";

/**
 * Buses as values, whatever they were read from: a deployed bus, CloudFormation, SAM, Terraform, serverless.yml, a bus
 * file. Routing, `evb test`, `evb rules` and the emulator read nothing else.
 */
export interface BusModel {
  readonly buses: readonly Bus[];
  /** The queues that the source defines, by name; an ARN of a target or a dead-letter queue may name others. */
  readonly queues: readonly QueueModel[];
  /** What a template has beside them. */
  readonly others?: readonly OtherResource[];
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  /** A queue for events that the bus itself cannot take in. */
  readonly deadLetterArn?: string;
  /** The JSON text of who may do what with the bus. */
  readonly policy?: string;
  readonly archives?: readonly Archive[];
  readonly rules: readonly Rule[];
  /** Where the bus is defined; absent for the default bus and for one that a file only refers to. */
  readonly place?: Place;
  /** What the buses of a template stand under there; absent elsewhere. */
  readonly logicalId?: string;
}

/** What keeps the events of a bus. */
export interface Archive {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly pattern?: string;
  /** 0 or absent: for ever. */
  readonly retentionDays?: number;
  readonly place?: Place;
  readonly logicalId?: string;
}

export type RuleState = "ENABLED" | "DISABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export interface Rule {
  readonly name: string;
  /** The source gives no name: the deploy makes one, and the logical id stands for it. */
  readonly isNameGenerated?: boolean;
  /** The bus's name. */
  readonly bus: string;
  readonly arn: string;
  readonly description?: string;
  readonly state: RuleState;
  /** The pattern's JSON text, as deployed or as it will be; absent for a rule that only has a schedule. */
  readonly pattern?: string;
  /** `rate(…)` or `cron(…)`. */
  readonly schedule?: string;
  /** The role that the rule itself has; targets have their own. */
  readonly roleArn?: string;
  /** The AWS service that manages the rule. */
  readonly managedBy?: string;
  readonly targets: readonly Target[];
  readonly place?: Place;
  /** Where its `pattern` stands, and its targets (`targets.ID`), as far as the source has lines. */
  readonly places?: Readonly<Record<string, Place>>;
  readonly logicalId?: string;
  /** What only the deploy decides, in this rule and its targets. Empty for a deployed rule. */
  readonly unknowns: readonly Unknown[];
}

/** A target by the names of EventBridge's API, so that it can be handed to PutTargets or to `transformInput` as it is. */
export interface Target extends TargetInput {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly SqsParameters?: { readonly MessageGroupId: string };
  readonly DeadLetterConfig?: { readonly Arn: string };
  readonly RetryPolicy?: {
    readonly MaximumRetryAttempts?: number;
    readonly MaximumEventAgeInSeconds?: number;
  };
  readonly HttpParameters?: HttpParameters;
  readonly KinesisParameters?: { readonly PartitionKeyPath: string };
  /** Of kinds of targets that nothing here looks into. */
  readonly AppSyncParameters?: unknown;
  readonly BatchParameters?: unknown;
  readonly EcsParameters?: unknown;
  readonly RedshiftDataParameters?: unknown;
  readonly RunCommandParameters?: unknown;
  readonly SageMakerPipelineParameters?: unknown;
}

/** What a call to an API destination has beside its body. */
export interface HttpParameters {
  readonly PathParameterValues?: readonly string[];
  readonly HeaderParameters?: Readonly<Record<string, string>>;
  readonly QueryStringParameters?: Readonly<Record<string, string>>;
}

export interface QueueModel {
  readonly name: string;
  /** As for a rule. */
  readonly isNameGenerated?: boolean;
  readonly arn: string;
  /** By the names of SQS's API: `Policy`, `RedrivePolicy`, `FifoQueue`, … */
  readonly attributes: Readonly<Record<string, string>>;
  /** There will be a policy, and only the deploy knows it. */
  readonly isPolicyUnknown?: true;
  readonly place?: Place;
  readonly logicalId?: string;
}

/** A resource of a template that routes nothing: a topic, a schema, a connection. */
export interface OtherResource {
  /** CloudFormation's: `AWS::SNS::Topic`. */
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  /** By CloudFormation's names. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly place: Place;
  readonly logicalId: string;
}

/** A place in a file: `line` and `column` count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * A value that only the deploy decides. It stands in texts as `${name}`, and in a pattern as a string of that form,
 * which an event must not be said to match or not to match.
 */
export interface Unknown {
  /** As a person would write it: `Queue.Arn`, `AWS::AccountId`, `ImportValue shared-bus`. */
  readonly name: string;
  /**
   * What of the rule depends on it: `pattern.detail.account`, `targets.billing.Arn`; `rule` where the rule itself may
   * not be made, `state` where it may be off.
   */
  readonly path: string;
  readonly place?: Place;
}
