/** What became of one field that a pattern names. The shape is that of `--json`. */
export interface Reason {
  readonly path: string;
  /** The operator of all the matchers of the field, or `any-of` where they have several. */
  readonly operator: string;
  /** What would have been enough: the operators' arguments, or, with `any-of`, the matchers as a pattern has them. */
  readonly wanted: readonly unknown[];
  /** The value at the path; a list where there are several; missing where there is none. */
  readonly found?: unknown;
  readonly verdict: "match" | "mismatch" | "absent";
  /** The likeliest reason for a miss, where one is known. */
  readonly hint?: string;
  /** With `$or`: which combination of its alternatives this is, from 1 in the order of the pattern. */
  readonly branch?: number;
}
