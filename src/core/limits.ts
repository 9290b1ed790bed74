/**
 * Limits of buses, rules, targets, archives and API destinations. Each comment names the source; where none is
 * named it is the service model of autumn 2026. Messages are made from these numbers. Limits of PutEvents are in
 * `event/limits.ts`, of patterns in `pattern/limits.ts`.
 */
export const busLimits = {
  /** Without the default bus's own limit: buses of one account and region. User guide, quotas. */
  buses: 100,
  /** Rules of one bus; 100 in af-south-1 and eu-south-1. User guide, quotas (adjustable). */
  rulesPerBus: 300,
  /** Rules of one bus whose pattern has a wildcard. User guide, quotas (fixed). */
  wildcardRulesPerBus: 30,
  /** User guide, quotas (fixed). */
  targetsPerRule: 5,
  /** Characters of a bus's policy. User guide, quotas. */
  policyChars: 10_240,
  busNameChars: 256,
  busNameOrArnChars: 1600,
  descriptionChars: 512,
  ruleNameChars: 64,
  patternChars: 4096,
  scheduleChars: 256,
  targetIdChars: 64,
  targetsPerCall: 100,
  arnChars: 1600,
  roleArnChars: 1600,
  inputChars: 8192,
  inputPathChars: 256,
  inputPaths: 100,
  inputVariableChars: 256,
  messageGroupIdChars: 100,
  pageSize: 100,
  tokenChars: 2048,
  tagKeyChars: 128,
  tagValueChars: 256,
  /** User guide, tagging. */
  tags: 50,
} as const;

/** How long and how often a delivery is tried. */
export const retryLimits = {
  attempts: { least: 0, most: 185, unlessSet: 185 },
  ageSeconds: { least: 60, most: 86_400, unlessSet: 86_400 },
} as const;

export const archiveLimits = {
  archiveNameChars: 48,
  replayNameChars: 64,
  /** Replays that run at the same time in one account and region. User guide, quotas. */
  activeReplays: 10,
  /** Events are replayed in buckets of this length, by their `time`. User guide, archives. */
  bucketMs: 60_000,
} as const;

/** Global endpoints. */
export const endpointLimits = {
  nameChars: 64,
  /** One bus in each of two regions. */
  buses: 2,
  /** User guide, quotas. */
  endpoints: 100,
} as const;

/** Sources of partners' events. */
export const partnerLimits = {
  nameChars: 256,
  /** Entries of PutPartnerEvents. */
  entries: 20,
} as const;

export const destinationLimits = {
  /** User guide, quotas. */
  destinations: 3000,
  /** User guide, quotas. */
  connections: 3000,
  /** Calls a second to one destination unless it says otherwise. User guide, API destinations. */
  callsPerSecond: 300,
  /** A call that takes longer has failed. User guide, API destinations. */
  timeoutMs: 5000,
  endpointChars: 2048,
  nameChars: 64,
  parameterChars: 512,
  parameters: 100,
} as const;
