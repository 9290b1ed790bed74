/** One thing that is not as a test wants it. */
export interface Failure {
  /** Where in the test it is asked for: `rules`, `targets`, `bodies.billing`, `event`. */
  readonly at: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** Two texts of which the difference is to be shown. */
  readonly diff?: { readonly wanted: string; readonly found: string };
  /** Names of rules of which it should be explained why they match the event, or why they do not. */
  readonly explain?: readonly string[];
}
