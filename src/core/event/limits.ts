/**
 * Limits of PutEvents. Source: the service model and the API reference of autumn 2026, except where a line says
 * otherwise.
 */
export const putLimits = {
  /** Entries in one request. */
  entries: 10,
  /**
   * The entries of one request together must stay below this many bytes. AWS says "1MB" (since January 2026; before
   * that, and still in some partitions, 256 KB), so it can be overridden and a refusal is answered by splitting.
   */
  requestBytes: 1024 * 1024,
  /** Bytes that a `Time` counts in an entry's size. */
  timeBytes: 14,
  /** Levels of objects and arrays in a detail. */
  detailDepth: 1000,
  detailTypeChars: 128,
  traceHeaderChars: 500,
  busNameChars: 1600,
  /** Each started unit of this many bytes is billed as one event. */
  billedUnitBytes: 64 * 1024,
} as const;
