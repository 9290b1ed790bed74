/**
 * What the engine refuses because it is too much. Sources: the defaults of the JSON reader that the engine uses
 * (depth, number length), the engine's own check (paths), and answers of the service (combinations, complexity).
 */
export const limits = {
  /** Objects and arrays inside one another, in a pattern and in an event. */
  depth: 1000,
  /** Digits of one number, in a pattern and in an event. */
  numberLength: 1000,
  /** Different paths in one combination of a pattern. */
  paths: 256,
  /** Combinations that the `$or`s of one pattern multiply to. */
  combinations: 1000,
  /** Prefixes of wildcard patterns that can be alive at once in one field. */
  complexity: 10,
  /** Characters of a pattern: the quota of a rule, which AWS raises on request up to the API's own maximum. */
  patternLength: 2048,
  patternLengthOnRequest: 4096,
} as const;
