/** Properties by CloudFormation's resource reference of autumn 2026: what is not among them is a misspelling. */
export const ruleProperties = [
  "Description",
  "EventBusName",
  "EventPattern",
  "Name",
  "RoleArn",
  "ScheduleExpression",
  "State",
  "Tags",
  "Targets",
] as const;

/** Parameters that concern kinds of targets which get the same body whatever they say. */
export const targetParameters = [
  "AppSyncParameters",
  "BatchParameters",
  "EcsParameters",
  "HttpParameters",
  "KinesisParameters",
  "RedshiftDataParameters",
  "RunCommandParameters",
  "SageMakerPipelineParameters",
] as const;

export const targetProperties = [
  "Arn",
  "DeadLetterConfig",
  "Id",
  "Input",
  "InputPath",
  "InputTransformer",
  "RetryPolicy",
  "RoleArn",
  "SqsParameters",
  ...targetParameters,
] as const;

/** What is inside those of a target's properties that are read. */
export const targetParts = {
  DeadLetterConfig: ["Arn"],
  InputTransformer: ["InputPathsMap", "InputTemplate"],
  RetryPolicy: ["MaximumEventAgeInSeconds", "MaximumRetryAttempts"],
  SqsParameters: ["MessageGroupId"],
} as const;

export const busProperties = [
  "DeadLetterConfig",
  "Description",
  "EventSourceName",
  "KmsKeyIdentifier",
  "LogConfig",
  "Name",
  "Policy",
  "Tags",
] as const;

/** Properties of a queue that are attributes of the same name in SQS's API. */
export const queueAttributes = [
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "DelaySeconds",
  "FifoQueue",
  "FifoThroughputLimit",
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "RedriveAllowPolicy",
  "RedrivePolicy",
  "SqsManagedSseEnabled",
  "VisibilityTimeout",
] as const;

export const queueProperties = [...queueAttributes, "QueueName", "Tags"] as const;
