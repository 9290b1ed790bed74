/** Limits of the schema registry. Where no source is named it is the service model of autumn 2026. */
export const schemaLimits = {
  registryNameChars: 64,
  schemaNameChars: 385,
  descriptionChars: 256,
  contentChars: 100_000,
  tokenChars: 36,
  /** Events of one GetDiscoveredSchema. */
  sampleEvents: { least: 1, most: 10 },
  /** User guide, quotas. */
  registries: 10,
  /** User guide, quotas. */
  discoverers: 10,
  /** User guide, quotas. */
  schemasPerRegistry: 100,
  /** User guide, quotas. */
  discoveredSchemas: 200,
  /** User guide, quotas. */
  versionsPerSchema: 100,
  /** Discovery passes over events that are larger, in bytes. User guide, schema discovery. */
  discoveredBytes: 1000 * 1024,
  /** Discovery passes over events that are nested deeper. User guide, schema discovery. */
  discoveredLevels: 255,
} as const;
