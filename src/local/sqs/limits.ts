/** Numbers of SQS. Each comment names the source; where none is named it is the service model of autumn 2026. */
export const sqsLimits = {
  queueNameChars: 80,
  /** Bytes of body and attributes of one message, and of all messages of a batch. Recorded August 2025. */
  messageBytes: 1_048_576,
  batchEntries: 10,
  attributesPerMessage: 10,
  attributeNameChars: 256,
  delaySeconds: { least: 0, most: 900 },
  visibilitySeconds: { least: 0, most: 43_200 },
  waitSeconds: { least: 0, most: 20 },
  retentionSeconds: { least: 60, most: 1_209_600 },
  maximumMessageSize: { least: 1024, most: 1_048_576 },
  keyReuseSeconds: { least: 60, most: 86_400 },
  maxReceiveCount: { least: 1, most: 1000 },
  receive: { least: 1, most: 10 },
  /** Messages of one queue that were received and neither deleted nor shown again; both kinds. */
  inFlight: 120_000,
  deduplicationMs: 5 * 60_000,
  attemptMs: 5 * 60_000,
  idChars: 128,
  listPage: { least: 1, most: 1000 },
  tags: 50,
  tagKeyChars: 128,
  tagValueChars: 256,
  /** A name may be used again so long after its queue was deleted. */
  nameCooldownMs: 60_000,
  purgeCooldownMs: 60_000,
  /** Statements of a policy that AddPermission builds. */
  policyStatements: 20,
  permissionActions: 7,
  redriveSources: 10,
  moveTasksKept: 10,
  moveRate: { least: 1, most: 500 },
  /** Move tasks that run at the same time in one account. User guide, dead-letter queue redrive. */
  moveTasks: 100,
} as const;

export interface Range {
  readonly least: number;
  readonly most: number;
}

export const isWithin = (value: number, { least, most }: Range): boolean =>
  Number.isInteger(value) && value >= least && value <= most;
